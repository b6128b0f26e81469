/** German words of `explain` and of the section Diagnose. */
import type { explain as english } from './explain.en.ts'

export const explain: typeof english = {
  shapes: {
    http: 'eine HTTP-Antwort mit ihren Headern',
    'token-answer': 'die Antwort eines Tokenendpunkts',
    'token-error': 'ein Fehlertext des Anmeldedienstes',
    jwt: 'ein Token, von dem nur die Inhalte (Claims) gelesen werden',
    'ews-xml': 'eine Antwort von EWS',
    'autodiscover-xml': 'eine Antwort von Autodiscover (XML)',
    'autodiscover-json': 'eine Antwort von Autodiscover (JSON)',
    headers: 'Header einer Antwort',
    certificate: 'eine Zertifikatkette',
    several: 'mehrere Angaben in einem Text',
  },
  recognised: 'Erkannt als: {shape}.',
  recognisedRun: 'Erkannt als: gespeicherte Belege eines Laufs ({command}, {at}).',
  results: {
    nothingWrong: 'Der Text zeigt keinen Fehler.',
    remarks: 'Der Text zeigt keinen Fehler, aber Hinweise.',
    wrong: 'Der Text zeigt einen Fehler.',
    unclear:
      'Der Text endet mit der Frage nach einer Anmeldung (401), und die Anfrage dazu fehlt. Wurde keine Anmeldung gesendet, ist das die richtige Antwort. Wurde eine gesendet, so wurde sie abgelehnt; die Ursache zeigt erst die Anfrage (ihre Zeile Authorization genügt ohne den Wert) oder ein Lauf von Verbindung testen.',
  },
  refusals: {
    notFound: 'Die Datei {file} gibt es nicht.',
    notReadable: 'Die Datei {file} ist nicht lesbar ({code}).',
    tooLarge: 'Die Eingabe ist größer als {limit}. Gespeicherte Belege und kopierte Antworten sind kleiner.',
    newer:
      'Diese Belege hat eine neuere Version dieses Programms gespeichert: Ihr Schema ist {schema}, diese Version kennt Schemas bis {known}. Verwenden Sie die neuere Version.',
    damaged: 'Das sind Belege dieses Programms, aber sie sind abgeschnitten oder verändert. Speichern Sie sie erneut.',
    unknown:
      'Die Eingabe wurde nicht erkannt. Verstanden werden gespeicherte Belege, HTTP-Antworten mit ihren Headern, Antworten eines Tokenendpunkts, AADSTS-Texte, Fehler von MSAL, XML von EWS oder Autodiscover, Token (JWT), die Header x-ms-diagnostics und WWW-Authenticate sowie PEM-Zertifikate.',
    terminal: 'Die Standardeingabe ist ein Terminal. Nennen Sie eine Datei, oder leiten Sie den Text hinein.',
    htmlNotWritten: 'Der Bericht konnte nicht in {file} geschrieben werden ({code}).',
  },
  page: {
    what: 'Fügen Sie ein, was Sie haben, oder öffnen Sie eine Datei: gespeicherte Belege, eine HTTP-Antwort mit ihren Headern, das JSON eines Tokenendpunkts, einen AADSTS-Text, einen Fehler von MSAL, XML von EWS oder Autodiscover, ein Token, eine Zertifikatkette, auch mehreres zugleich.',
    private: 'Beurteilt wird auf diesem Computer. Nichts wird gesendet, und nichts wird gespeichert.',
    input: 'Zu beurteilender Text',
    inputHint:
      'Von einem Token werden nur die Inhalte (Claims) gelesen; seine Signatur wird schon beim Einfügen entfernt.',
    file: 'Zu beurteilende Datei',
    open: 'Datei öffnen …',
    judge: 'Diagnostizieren',
    judging: 'Wird beurteilt …',
    clear: 'Leeren',
    cleared: 'Geleert. Davon wurde nichts behalten.',
    drop: 'Eine Datei können Sie auch hierher ziehen.',
    held: '{name} ({size})',
    heldPaste: 'Eingefügter Text ({size})',
    kilobytes: '{value} KB',
    empty: 'Hier steht dann, was der Text zeigt, samt Beleg.',
    nothing: 'Fügen Sie zuerst einen Text ein, oder öffnen Sie eine Datei.',
    unreadable: 'Die Datei {name} ist nicht lesbar.',
    failed:
      'Das Programm hat nicht geantwortet. Versuchen Sie es erneut; geschieht es wieder, schließen Sie das Fenster und starten Sie EWS Setup neu.',
  },
}
