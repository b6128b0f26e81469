/** Sätze in den Skripten der App-Registrierung: Kommentare, und was ein Skript sagt oder fragt, während es läuft. */
import type { ScriptWords } from './scripts.en.ts'

export const scripts: ScriptWords = {
  'head-graph-powershell': 'EWS Setup: App-Registrierung in Entra ID mit Microsoft Graph PowerShell.',
  'head-azure-cli': 'EWS Setup: App-Registrierung in Entra ID mit der Azure CLI.',
  'head-exchange-online': 'EWS Setup: Zugriff der Anwendung in Exchange Online.',
  'head-exchange-server': 'EWS Setup: EWS von Exchange Server, für die Exchange-Verwaltungsshell.',
  'how-to-run-powershell': 'Als {file} speichern, lesen und in PowerShell ausführen.',
  'how-to-run-bash': 'Als {file} speichern, lesen und mit bash ausführen.',
  'needs-graph':
    'Braucht die Module Microsoft.Graph.Authentication und Microsoft.Graph.Applications: Install-Module Microsoft.Graph -Scope CurrentUser',
  'needs-azure-cli': 'Braucht die Azure CLI (az).',
  'needs-exchange-online':
    'Braucht das Modul ExchangeOnlineManagement (Install-Module ExchangeOnlineManagement -Scope CurrentUser), ein Konto, das Organisation und Rollen verwalten darf, und für die Begrenzung auf einzelne Postfächer auch Microsoft.Graph.',
  'needs-exchange-shell': 'Braucht ein Konto, das virtuelle Verzeichnisse und Rollenzuweisungen verwalten darf.',
  'who-consents':
    'Die Zustimmung zu einer Anwendungsberechtigung von Exchange braucht einen Administrator, der sie erteilen darf, etwa einen Administrator für privilegierte Rollen oder einen Cloudanwendungsadministrator. Ohne dieses Recht wird der Schritt unten verweigert.',
  twice: 'Ein zweiter Lauf ändert nichts, was schon richtig ist.',
  undo: 'Mit {option} nimmt das Skript zurück, was es getan hat.',
  values: 'Werte aus EWS Setup. Kein Geheimnis ist darunter.',
  'cloud-unconfirmed':
    'Wie man sich mit dieser Cloud verbindet, ist nicht bestätigt. Verbinden Sie sich vorher von Hand und nehmen Sie die Verbindungszeile heraus.',
  retirement:
    'EWS in Exchange Online endet am {date}, für jeden Mandanten. Planen Sie den Wechsel zu Microsoft Graph; Exchange Server ist nicht betroffen.',
  'sign-in': 'Anmelden.',
  'find-application':
    'Die Registrierung suchen: nach ihrer Anwendungs-ID, oder nach dem Namen, solange es noch keine gibt.',
  register: 'Die Registrierung: nur Konten in diesem Organisationsverzeichnis (einzelner Mandant).',
  'enterprise-application': 'Die Unternehmensanwendung dazu: Ihr werden die Berechtigungen gegeben.',
  'look-up-ids': 'Die Berechtigungen von Office 365 Exchange Online in diesem Mandanten, nach ihren Namen gesucht.',
  permission:
    'Die Anwendungsberechtigung full_access_as_app. Vorhandene Berechtigungen bleiben. Um die Anwendung auf gewählte Postfächer zu begrenzen, lassen Sie sie weg (Modell some).',
  'permission-delegated': 'Dazu EWS.AccessAsUser.All, für Anmeldungen im Namen einer Person.',
  'rbac-instead':
    'Kein full_access_as_app: Exchange selbst gibt die Berechtigung, nur für die gewählten Postfächer. Das tut das Skript exchange-online.',
  consent:
    'Administratorzustimmung: gibt der Anwendung die Berechtigung für alle Postfächer. Kennt Entra die neue Anwendung noch nicht, führen Sie das Skript nach einer Minute noch einmal aus.',
  'public-client': 'Authentifizierung: Öffentliche Clientflows zulassen = Ja.',
  secret:
    'Ein Clientschlüssel, der ein Jahr gilt. Sein Wert erscheint einmal auf dem Bildschirm und wird nirgends gespeichert. Ein noch gültiger bleibt, wie er ist.',
  certificate:
    'Ein Zertifikat statt eines Schlüssels: Sein öffentlicher Teil wird hinzugefügt. EWS Setup selbst prüft mit einem Clientschlüssel.',
  result: 'Was in die Felder von EWS Setup gehört.',
  'undo-consent': 'Die Zustimmung zurücknehmen.',
  'undo-registration': 'Die Registrierung löschen, aber nur, wenn ihre Anwendungs-ID noch einmal eingegeben wird.',
  'service-principal': 'Die Unternehmensanwendung, wie Exchange sie kennt.',
  'object-id':
    'Exchange verlangt die Objekt-ID der Unternehmensanwendung, nicht die der Registrierung; sie wird in Entra gesucht.',
  group:
    'Die gewählten Postfächer sind Mitglieder einer E-Mail-aktivierten Sicherheitsgruppe. Nur direkte Mitglieder zählen. Postfächer werden hier nur hinzugefügt; andere entfernen Sie von Hand.',
  scope: 'Der Bereich: die Mitglieder dieser Gruppe, und niemand sonst.',
  role: 'Die Rolle Application EWS.AccessAsApp, begrenzt auf den Bereich. Bis sie wirkt, vergehen 30 Minuten bis 2 Stunden.',
  'all-mailboxes': 'Kein Bereich: Mit full_access_as_app darf die Anwendung jedes Postfach des Mandanten öffnen.',
  'consent-defeats':
    'Berechtigungen addieren sich: Solange full_access_as_app in Entra die Zustimmung hat, begrenzt dieser Bereich nichts. Nehmen Sie jene Zustimmung zurück.',
  'allow-list':
    'EwsAllowedAppIDs ist eine einzige Liste, die jedes Schreiben ganz ersetzt: lesen, diese Anwendung hinzufügen, schreiben.',
  'allow-list-meaning':
    'Mit EwsEnabled True und einer Liste dürfen nur die Anwendungen darin EWS benutzen. Was True mit leerer Liste bedeutet, ist nicht geklärt.',
  'mailbox-switch': 'Auch für das Postfach darf EWS nicht abgeschaltet sein. -Undo schaltet es nicht wieder ab.',
  'authorization-test': 'Zuletzt: was die Anwendung mit jedem Postfach darf. InScope muss True sein.',
  'undo-order': 'Erst die Zuweisung, dann der Bereich, den sie benutzt, dann die Gruppe.',
  'undo-allow-list':
    'Diese Anwendung aus der Liste nehmen und die anderen darin lassen. EwsEnabled bleibt, wie es ist.',
  directories: 'Was jetzt eingestellt ist.',
  'directories-unchanged': 'Die URL von EWS, intern und extern. Ohne URL oben behalten die Verzeichnisse die ihre.',
  'windows-authentication':
    'Die Windows-Authentifizierung (Negotiate und NTLM) ist, womit angemeldet wird. Die anderen Methoden bleiben.',
  impersonation:
    'Mit der Rolle ApplicationImpersonation darf das Konto Postfächer anderer Personen öffnen. Um das eigene Postfach zu prüfen, braucht EWS Setup sie nicht.',
  'impersonation-scope': 'Sind oben Postfächer genannt, gilt sie nur für diese.',
  'before-file':
    'Was vorher eingestellt war, kommt einmal in eine Datei neben diesem Skript, damit es sich wiederherstellen lässt.',
  'say-two-applications':
    'Es gibt mehrere Registrierungen mit diesem Namen. Tragen Sie die Anwendungs-ID in das Skript ein.',
  'say-nothing-found': 'In diesem Mandanten gibt es keine solche Anwendung.',
  'say-no-exchange':
    'Dieser Mandant hat kein Office 365 Exchange Online. Prüfen Sie Mandant und Cloud, und ob es eine Lizenz für Exchange gibt.',
  'say-registered': 'Registriert:',
  'say-consented': 'Die Zustimmung ist erteilt.',
  'say-secret-once':
    'Es folgt der Wert des Clientschlüssels. Er erscheint nur dieses eine Mal: Kopieren Sie ihn jetzt in EWS Setup, und lassen Sie niemanden zusehen.',
  'say-secret-kept':
    'Es gibt einen Clientschlüssel, der noch gilt. Einen neuen gibt es mit -NewSecret (oder --new-secret).',
  'say-redirected':
    'Die Ausgabe geht in eine Datei oder ein anderes Programm. Der Schlüssel wird nur erstellt, wenn er auf einem Bildschirm erscheinen kann.',
  'say-enter-in-dialog': 'Verzeichnis-ID (Mandant) und Anwendungs-ID (Client) für EWS Setup:',
  'say-type-id-to-delete':
    'Geben Sie die Anwendungs-ID ein, um die Registrierung zu löschen, oder drücken Sie die Eingabetaste, um sie zu behalten',
  'say-not-deleted': 'Die Registrierung wurde behalten.',
  'say-deleted': 'Die Registrierung wurde gelöscht.',
  'say-consent-removed': 'Die Zustimmung wurde zurückgenommen.',
  'say-client-id-missing': 'Tragen Sie die Anwendungs-ID (Client) in das Skript ein.',
  'say-account-missing': 'Es ist kein Konto genannt, also wurde keine Rolle für den Identitätswechsel zugewiesen.',
  'say-allow-list-before': 'Bisher eingestellt:',
  'say-allow-list-would-block':
    'Ab jetzt dürfen nur noch die Anwendungen der Liste EWS benutzen. Alle anderen können es verlieren: Outlook-Add-Ins, Sicherung, Telefonie, Raumanzeigen. Tragen Sie deren Anwendungs-IDs zuerst ein, wenn Sie welche kennen.',
  'say-continue': 'Geben Sie yes ein, um die Liste trotzdem zu schreiben',
  'say-left-unchanged': 'Es wurde nichts geändert.',
  'say-allow-list-has': 'Die Anwendung steht schon in der Liste, und EWS ist eingeschaltet.',
  'say-allow-list-written': 'Die Liste wurde geschrieben, mit allen Einträgen, die sie hatte.',
  'say-list-empty':
    'Die Liste ist jetzt leer. Was EwsEnabled True ohne Liste bedeutet, ist nicht geklärt: Prüfen Sie es.',
  'say-wait': 'Bis das wirkt, können 24 Stunden vergehen.',
  'say-test': 'Was die Anwendung darf:',
  'say-removed': 'Zuweisung, Bereich und Gruppe wurden entfernt, soweit es sie gab.',
  'say-service-principal-kept':
    'Der Eintrag der Anwendung in Exchange bleibt, weil andere Zuweisungen ihn benutzen können: Remove-ServicePrincipal entfernt ihn.',
  'say-not-before': 'Es gibt keine Datei mit den früheren Einstellungen, also bleiben die Verzeichnisse, wie sie sind.',
  'say-certificate-there': 'Das Zertifikat ist schon da.',
}
