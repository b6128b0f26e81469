/** German words of `explain`. */
import type { explain as english } from './explain.en.ts'

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

export const explain: Words<typeof english> = {
  shapes: {
    http: 'eine HTTP-Antwort',
    'token-answer': 'die Antwort eines Tokenendpunkts',
    'token-error': 'ein Fehlertext des Anmeldedienstes',
    jwt: 'ein Token, von dem nur die Inhalte (Claims) gelesen werden',
    'ews-xml': 'eine Antwort von EWS',
    'autodiscover-xml': 'eine Antwort von Autodiscover (XML)',
    'autodiscover-json': 'eine Antwort von Autodiscover (JSON)',
    headers: 'Header einer Antwort',
    certificate: 'eine Zertifikatkette',
  },
  recognised: 'Erkannt: {shape}.',
  results: {
    nothingWrong: 'Der Text zeigt keinen Fehler.',
    remarks: 'Der Text zeigt keinen Fehler, aber Hinweise.',
    wrong: 'Der Text zeigt einen Fehler.',
  },
  refusals: {
    notFound: 'Die Datei {file} gibt es nicht.',
    notReadable: 'Die Datei {file} ist nicht lesbar ({code}).',
    tooLarge: 'Die Eingabe ist größer als {limit}. Gespeicherte Belege und kopierte Antworten sind kleiner.',
    newer:
      'Diese Belege hat eine neuere Version dieses Programms gespeichert: Ihr Schema ist {schema}, diese Version kennt Schemas bis {known}. Verwenden Sie die neuere Version.',
    damaged: 'Das sind Belege dieses Programms, aber sie sind abgeschnitten oder verändert. Speichern Sie sie erneut.',
    unknown:
      'Die Eingabe wurde nicht erkannt. Verstanden werden gespeicherte Belege, HTTP-Antworten mit ihren Headern, Antworten eines Tokenendpunkts, AADSTS-Texte, Fehler von MSAL, XML von EWS oder Autodiscover, Token (JWT), Header x-ms-diagnostics und PEM-Zertifikate.',
    terminal: 'Die Standardeingabe ist ein Terminal. Nennen Sie eine Datei, oder leiten Sie den Text hinein.',
  },
}
