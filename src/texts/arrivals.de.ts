/** Deutsche Worte zu Dateien, die von außen ins Fenster kommen: hineingezogen, im Menü geöffnet, vom System übergeben. */
import type { Texts } from './en.ts'

export const arrivals: Texts['arrivals'] = {
  dropping: 'Lassen Sie die Datei los, um sie zu öffnen. Dadurch wird nichts geändert.',
  opened: '{name} wurde in „{section}“ geöffnet.',
  others: {
    one: 'Nur eine Datei auf einmal: Eine weitere blieb liegen.',
    other: 'Nur eine Datei auf einmal: {count} weitere blieben liegen.',
  },
  dismiss: 'Meldung schließen',
  troubles: {
    address:
      '{name} wurde nicht geöffnet: Das ist eine Adresse und keine Datei. EWS Setup öffnet Dateien dieses Computers und keine Adressen.',
    'network-path':
      '{name} wurde nicht geöffnet: Die Datei liegt auf einem anderen Computer oder ist ein Gerät. Kopieren Sie sie auf diesen Computer, und öffnen Sie sie dort.',
    'not-a-file':
      '{name} wurde nicht geöffnet: Das ist keine gewöhnliche Datei, sondern ein Ordner, eine Verknüpfung, ein Gerät oder der Teil einer Datei.',
    ending:
      '{name} wurde nicht geöffnet: EWS Setup öffnet Dateien, die auf .json, .age, .xml, .csv, .txt, .log, .http, .pem, .crt oder .cer enden.',
    missing: '{name} wurde nicht gefunden. Vielleicht wurde die Datei verschoben oder gelöscht.',
    unreadable: '{name} ist nicht lesbar. Vielleicht ist die Datei gesperrt, oder Ihr Konto darf sie nicht öffnen.',
    'too-large': '{name} ist zu groß. Konfigurationen und Belege sind kleiner als 20 MB.',
    empty: '{name} ist leer.',
    unknown:
      '{name} wurde nicht erkannt. Verstanden werden Konfigurationen, auch verschlüsselte, Postfachlisten, gespeicherte Belege, Antworten von Exchange, von Autodiscover und vom Anmeldedienst sowie PEM-Zertifikate.',
    'not-saved':
      '{name} wurde nicht gespeichert. Prüfen Sie, ob der Datenträger voll ist und ob Sie in den Ordner schreiben dürfen.',
    unanswered:
      '{name} konnte nicht geöffnet werden, weil das Programm nicht geantwortet hat. Schließen Sie das Fenster, und starten Sie EWS Setup neu.',
  },
}
