/** Wonach außerhalb des Fensters gefragt wird. */
import type { ConfirmTexts } from './confirm.en.ts'

export const confirm: ConfirmTexts = {
  title: 'EWS Setup fragt nach',
  yes: 'Ja, erlauben',
  no: 'Nein',
  release: 'Gespeichertes an einem neuen Ziel verwenden?',
  releaseDetail:
    'Profil: {profiles}\nGespeichert: {secrets}\nGinge an: {destinations}\n\nSagen Sie nur Ja, wenn Sie das gerade selbst geändert haben. Bei Nein wird nichts gesendet.',
  import: 'Einstellungen übernehmen, die bestimmen, wohin Anmeldedaten gehen?',
  importDetail: '{changes}\n\nSagen Sie nur Ja, wenn Sie gerade eine Datei importiert haben, der Sie vertrauen.',
  importMore: '… und {count} weitere',
  export: 'Gespeicherte Passwörter und Schlüssel in eine Datei schreiben?',
  exportDetail:
    'Profile: {profiles}\n\nDie Datei ist mit der Passphrase oder für den Empfänger verschlüsselt, die im Fenster eingegeben wurden. Sagen Sie nur Ja, wenn Sie diesen Export gerade selbst begonnen haben.',
  secrets: {
    password: 'Passwort',
    clientSecret: 'Clientschlüssel',
    certificate: 'Zertifikat mit seinem Schlüssel',
    certificatePassphrase: 'Passphrase des Zertifikats',
    proxyPassword: 'Passwort für den Proxy',
    ldapPassword: 'Passwort für das Verzeichnis',
  },
  destinations: {
    'mail-domain': 'Exchange der Maildomäne {name}',
    'ews-host': '{name} (EWS-URL)',
    cloud: 'Microsoft-Cloud „{name}“',
    'login-service': '{name} (Anmeldedienst)',
    proxy: '{name} (Proxy)',
    directory: '{name} (Verzeichnis)',
    'certificate-file': 'Zertifikatsdatei {name}',
  },
}
