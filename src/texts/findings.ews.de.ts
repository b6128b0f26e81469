/** German words of findings at the EWS URL: login, status, SOAP and version. */
import type { FindingWords } from './template.ts'
import type { ewsFindings as english } from './findings.ews.en.ts'

export const ewsFindings: Readonly<Record<keyof typeof english, FindingWords>> = {
  'oauth-not-offered-by-server': {
    title: '{host} bietet keine Anmeldung mit OAuth an.',
    explanation:
      'Angeboten wird {offered}. OAuth für Anwendungen gibt es in Exchange Online; ein eigener Exchange Server verlangt Benutzername und Passwort.',
    remedy: [
      'Verwenden Sie für diesen Server Benutzername und Passwort.',
      'Liegt das Postfach in Exchange Online, geben Sie die EWS-URL von Exchange Online ein.',
    ],
  },
  'token-garbled': {
    title: '{host} konnte das Token nicht lesen.',
    explanation: 'Der Server nennt den Code {code}: „{text}“. Das Token kam abgeschnitten oder verändert an.',
    remedy: [
      'Testen Sie erneut.',
      'Geschieht es wieder, prüfen Sie, ob ein Proxy den Authorization-Header verändert, und senden Sie den Beleg an den Support.',
    ],
  },
  'token-user-unknown': {
    title: '{host} findet den Benutzer des Tokens nicht, oder mehrere.',
    explanation: 'Der Server nennt den Code {code}: „{text}“. Adresse: {email}.',
    remedy: [
      'Suchen Sie Empfänger mit derselben Adresse.',
      'Prüfen Sie, ob UPN und primäre Adresse des Benutzers eindeutig sind.',
    ],
  },
  'modern-auth-off': {
    title: 'Die moderne Authentifizierung ist in dieser Exchange-Organisation ausgeschaltet.',
    explanation: 'Der Server nennt den Code {code}: „{text}“.',
    remedy: [
      'Schalten Sie sie für die Organisation ein (OAuth2ClientProfileEnabled).',
      'Bei einem eigenen Server prüfen Sie die Schritte der modernen Hybridauthentifizierung.',
    ],
  },
  'token-refused-unknown-code': {
    title: '{host} hat das Token abgelehnt und keinen Grund genannt, den dieses Programm kennt.',
    explanation: 'Code: {code}. Text des Servers: „{text}“. Angebotene Anmeldeverfahren: {offered}.',
    remedy: [
      'Suchen Sie den Code, falls es einen gibt, und den Zeitpunkt dieses Tests in den Protokollen des Servers.',
      'Senden Sie den Beleg an den Support, damit der Code künftig erklärt wird.',
    ],
  },
  'basic-is-off-in-exchange-online': {
    title: 'Exchange Online nimmt Benutzername und Passwort nicht an.',
    explanation:
      'Microsoft hat diese Anmeldung abgeschaltet, auch wo der Server sie noch aufzählt. {host} nimmt nur OAuth. Über das Passwort selbst wurde nicht entschieden.',
    remedy: [
      'Registrieren Sie in Microsoft Entra eine Anwendung und geben Sie Verzeichnis-ID, Anwendungs-ID und Clientschlüssel ein.',
      'Liegt das Postfach auf einem eigenen Exchange Server, geben Sie dessen URL ein.',
    ],
  },
  'login-scheme-not-offered': {
    title: '{host} bietet das Anmeldeverfahren {scheme} nicht an.',
    explanation: 'Angeboten wird {offered}.',
    remedy: ['Stellen Sie das Anmeldeverfahren auf „automatisch“ oder auf eines, das der Server anbietet.'],
  },
  'ntlm-connection-not-kept': {
    title: 'Die NTLM-Anmeldung an {host} wurde unterwegs auseinandergerissen.',
    explanation:
      'NTLM gehört zu einer Verbindung, und die Verbindung blieb nicht dieselbe. Über das Passwort von {user} wurde daher nicht entschieden.',
    remedy: [
      'Schalten Sie auf Proxys und Load Balancern vor {host} für /ews das Teilen von Verbindungen und HTTP/2 aus.',
      'Prüfen Sie, ob sie Verbindungen während der Anmeldung offen halten.',
    ],
  },
  'wrong-password-or-user-name': {
    title: '{host} hat Benutzername und Passwort nicht angenommen.',
    explanation:
      'Einmal versucht, mit dem Verfahren {scheme}. Konto: {user}. Der Grund ist das Passwort, die Form des Benutzernamens oder das Konto selbst. Es wurde nicht noch einmal versucht, damit das Konto nicht gesperrt wird.',
    remedy: [
      'Geben Sie das Passwort erneut ein.',
      'Geben Sie den Benutzernamen so ein, wie der Server ihn verlangt: DOMÄNE\\Benutzer, oder benutzer@domäne, wo dies von der Adresse abweicht.',
      'Lassen Sie prüfen, ob das Konto gesperrt oder deaktiviert ist.',
    ],
  },
  'extended-protection-suspected': {
    title: 'Der Erweiterte Schutz auf {host} lehnt diese Anmeldung möglicherweise ab.',
    explanation:
      'Der Handshake war vollständig und wurde doch abgelehnt. Build des Servers: {build}. Dieselbe Anmeldung gelang unter: {otherUrl}. Das passt zu einer Kanalbindung, die etwas zwischen hier und dem Server zerstört.',
    remedy: [
      'Vergleichen Sie das Zertifikat auf dem Load Balancer mit dem in IIS: Es muss dasselbe sein.',
      'Prüfen Sie die Einstellung des Erweiterten Schutzes am virtuellen Verzeichnis EWS.',
      'TLS-Abladung (Offloading) verträgt sich nicht mit dem Erweiterten Schutz.',
    ],
  },
  'account-locked': {
    title: 'Das Konto {user} ist gesperrt.',
    explanation: '{host} sagt das. Weitere Versuche würden die Sperre nur verlängern, daher gab es keine.',
    remedy: [
      'Entsperren Sie das Konto in Active Directory, oder warten Sie das Ende der Sperre ab.',
      'Finden Sie heraus, welches Gerät oder welcher Dienst noch ein altes Passwort verwendet.',
    ],
  },
  'password-expired': {
    title: 'Das Passwort von {user} ist abgelaufen oder muss geändert werden.',
    explanation: '{host} lehnt die Anmeldung bis dahin ab.',
    remedy: [
      'Melden Sie sich mit diesem Konto an Outlook im Web oder Windows an und ändern Sie das Passwort.',
      'Geben Sie hier das neue Passwort ein.',
    ],
  },
  'account-disabled': {
    title: 'Das Konto {user} ist deaktiviert.',
    explanation: '{host} kennt das Konto und lässt es nicht anmelden.',
    remedy: ['Aktivieren Sie das Konto, oder verwenden Sie ein anderes.'],
  },
  'intermittent-401': {
    title: '{host} hat die Anmeldung angenommen und dann dieselbe Anmeldung abgelehnt.',
    explanation:
      'Verfahren {scheme}. Oft ist einer von mehreren Servern hinter der Adresse anders eingerichtet, oder der Server drosselt. Server, die geantwortet haben: {servers}.',
    remedy: [
      'Vergleichen Sie Authentifizierung und Uhr der oben genannten Server.',
      'Testen Sie nach einigen Minuten erneut.',
    ],
  },
  'gateway-preauthentication': {
    title: 'Ein Gateway vor {host} verlangt eine eigene Anmeldung.',
    explanation:
      'Die Antwort 401 trägt kein Kennzeichen von Exchange. Angeboten: {offered}, Realm {realm}, Server {server}. Exchange hat über das Passwort nicht entschieden.',
    remedy: [
      'Veröffentlichen Sie /ews und /autodiscover ohne Vorauthentifizierung, damit Exchange selbst nach der Anmeldung fragt.',
    ],
  },
  'ntlm-unavailable-on-platform': {
    title: 'Dieser Rechner kann sich nicht mit {scheme} anmelden.',
    explanation:
      '{host} bietet {offered} an, und für das verlangte Verfahren fehlt hier eine Bibliothek oder die Zugehörigkeit zur Domäne.',
    remedy: [
      'Stellen Sie das Anmeldeverfahren auf „automatisch“ oder „ntlm“.',
      'Oder verwenden Sie einen Rechner, der zur Domäne gehört.',
    ],
  },
  'kerberos-ticket-refused': {
    title: '{host} hat das Kerberos-Ticket dieser Sitzung nicht angenommen.',
    explanation:
      'Das Ticket kam beim Server an und wurde abgelehnt. Ein Passwort wurde nicht gesendet. Die Antwort nennt keinen Grund: Das Konto hat vielleicht keinen Zugang, der Dienstprinzipalname dieses Hosts fehlt oder ist doppelt eingetragen, oder Extended Protection steht auf „Erforderlich“, was ein Ticket dieses Programms nicht erfüllen kann.',
    remedy: [
      'Geben Sie Benutzername und Passwort ein; dann wird NTLM mit Kanalbindung verwendet.',
      'Lassen Sie mit setspn -Q HTTP/{host} prüfen, ob der Name genau einmal eingetragen ist, und zwar für das Konto der Exchange-Server.',
      'Prüfen Sie mit klist, wessen Ticket diese Sitzung hat.',
    ],
  },
  'password-charset-suspected': {
    title: 'Sonderzeichen in Benutzername oder Passwort können der Grund sein.',
    explanation:
      'Beim Verfahren {scheme} sind sich Server nicht einig, wie Zeichen wie ä, ö, ü oder € gesendet werden.',
    remedy: [
      'Versuchen Sie es mit einem Anmeldeverfahren wie NTLM, oder mit einem Passwort ohne solche Zeichen.',
      'Oder versuchen Sie es einmal mit dem Zeichensatz Latin-1 („Weitere Optionen“, oder --basic-charset latin-1). Das ist eine eigene Anmeldung: Sie zählt beim Server wie jede andere.',
    ],
  },
  'ews-permission-missing': {
    title: 'Exchange Online nimmt das Token an, aber die Anwendung darf EWS nicht verwenden.',
    explanation:
      'Der Server nennt den Code {code}. Berechtigungen im Token: {roles}. Es fehlt die Berechtigung full_access_as_app samt Zustimmung, oder die Zuweisung in Exchange.',
    remedy: [
      'Öffnen Sie „API-Berechtigungen“ der Anwendung {clientId}, fügen Sie „Office 365 Exchange Online“ → „Anwendungsberechtigungen“ → full_access_as_app hinzu und wählen Sie „Administratorzustimmung erteilen“.',
      'Oder weisen Sie in Exchange Online die Rolle „Application EWS.AccessAsApp“ zu, beschränkt auf bestimmte Postfächer.',
      'Bis eine Änderung wirkt, können zwei Stunden vergehen.',
    ],
  },
  'app-only-unsupported-on-premises': {
    title: 'Der eigene Server {host} lässt Anwendungen nicht mit OAuth zu.',
    explanation:
      'Er hat das Token verstanden und mit dem Code {code} abgelehnt. Anmeldungen von Anwendungen sind nur für Exchange Online beschrieben.',
    remedy: ['Verwenden Sie für diesen Server Benutzername und Passwort (NTLM oder Negotiate).'],
  },
  'ews-disabled-for-organization': {
    title: 'EWS ist möglicherweise für die ganze Organisation ausgeschaltet.',
    explanation:
      'Exchange Online antwortete 403, obwohl die Anmeldung angenommen wurde. Seit Oktober 2026 schaltet Microsoft EWS Mandant für Mandant ab. Ein einzelner Test kann das nicht von einer Sperre der Anwendung oder des Postfachs {email} unterscheiden.',
    remedy: [
      'Sehen Sie die Einstellung EwsEnabled der Organisation nach.',
      'Schalten Sie EWS ein; das geht bis zum 31. März 2027.',
      'Bis das wirkt, können 24 Stunden vergehen.',
    ],
  },
  'ews-app-not-allowed': {
    title: 'Die Anwendung fehlt möglicherweise in der Liste der zugelassenen EWS-Anwendungen.',
    explanation:
      'Exchange Online kann Anwendungen ablehnen, die nicht in EwsAllowedAppIDs stehen. Wie eine solche Ablehnung aussieht, ist nicht beschrieben; daher ist dies eine von mehreren Möglichkeiten.',
    remedy: [
      'Lesen Sie die Liste EwsAllowedAppIDs.',
      'Setzen Sie sie neu mit allen IDs und dieser. Achtung: Der Befehl ersetzt die ganze Liste.',
      'Bis das wirkt, können 24 Stunden vergehen.',
    ],
  },
  'ews-disabled-for-mailbox': {
    title: 'EWS ist möglicherweise für das Postfach {email} ausgeschaltet.',
    explanation:
      'Der Server antwortete {status}. Eine Einstellung des Postfachs, eine Zugriffsrichtlinie oder eine Lizenz ohne EWS (F1, F3) kann der Grund sein.',
    remedy: [
      'Sehen Sie die Einstellungen von EWS am Postfach nach.',
      'Schalten Sie EWS dort ein, falls nötig.',
      'Prüfen Sie in Exchange Online außerdem Zugriffsrichtlinien für die Anwendung und die Lizenz des Postfachs.',
    ],
  },
  'consumer-mailbox-unsupported': {
    title: '{email} ist ein privates Microsoft-Postfach, und solche haben kein EWS.',
    explanation: 'Postfächer von {domain} gehören zum Dienst für Privatkunden, der auf EWS mit {status} antwortet.',
    remedy: [
      'Verwenden Sie ein Postfach von Exchange Online (Microsoft 365 für Unternehmen) oder eines eigenen Exchange Servers.',
    ],
  },
  'forbidden-by-iis-or-gateway': {
    title: 'Der Webserver auf {host} lässt die Anfrage nicht durch.',
    explanation:
      'Er antwortete {subStatus}, bevor Exchange gefragt wurde. Das ist eine Regel von IIS oder einem Gateway, etwa eine IP-Einschränkung, die SSL-Einstellungen oder ein Clientzertifikat.',
    remedy: [
      'Prüfen Sie IP-Einschränkungen und SSL-Einstellungen des virtuellen Verzeichnisses EWS in IIS.',
      'Prüfen Sie die Regeln von Gateways vor {host}.',
    ],
  },
  'not-an-ews-url': {
    title: 'Unter {url} antwortet kein EWS.',
    explanation:
      'Die Antwort hatte den Status {status}, wie von einer anderen Seite. Sie führt zu: {location}. Wahrscheinlich stimmt der Pfad oder der Host nicht.',
    remedy: [
      'Die URL muss auf /EWS/Exchange.asmx enden.',
      'Wählen Sie „URL abrufen“, oder fragen Sie nach ExternalUrl des virtuellen Verzeichnisses EWS.',
    ],
  },
  'mailbox-routing-unknown': {
    title: 'Exchange auf {host} weiß nicht, wo das Postfach liegt.',
    explanation:
      'Das Front-End antwortete {status} mit dem Code {code}. Das Postfach wurde verschoben, gelöscht oder gehört zur anderen Seite einer Hybridorganisation.',
    remedy: ['Sehen Sie nach, wo das Postfach liegt.', 'Wählen Sie erneut „URL abrufen“.'],
  },
  'forms-login-in-front': {
    title: 'Vor EWS auf {host} steht eine Anmeldeseite für Menschen.',
    explanation:
      'Die Antwort hatte den Status {status}. Sie führt zu: {location}. Ein Programm kann sich dort nicht anmelden.',
    remedy: [
      'Nehmen Sie /ews und /autodiscover von der Formularanmeldung des Gateways aus.',
      'Prüfen Sie, ob die URL die von EWS ist und nicht die von Outlook im Web.',
    ],
  },
  'login-header-too-large': {
    title: '{host} lehnt die Anmeldung ab, weil die Anfrage zu groß ist.',
    explanation:
      'Status {status}. Konten mit vielen Gruppen haben große Kerberos-Tickets; ein kleines uploadReadAheadSize in IIS wirkt ebenso.',
    remedy: [
      'Erhöhen Sie uploadReadAheadSize der Anwendung EWS in IIS, oder MaxFieldLength und MaxRequestBytes von HTTP.sys.',
      'Oder verwenden Sie ein Konto mit weniger Gruppen.',
    ],
  },
  'content-type-refused': {
    title: '{host} lehnt die Form der Anfrage ab.',
    explanation:
      'Status {status}, obwohl die Anfrage richtig ist. Vielleicht verändert sie etwas auf dem Weg. Anfrage-ID: {requestId}.',
    remedy: ['Prüfen Sie, ob ein Proxy Anfragen an {host} verändert.', 'Senden Sie den Beleg an den Support.'],
  },
  'server-busy': {
    title: '{host} ist ausgelastet und möchte eine Weile in Ruhe gelassen werden.',
    explanation: 'Der Server drosselt die Aufrufe (Status {status}). Verlangte Wartezeit in Sekunden: {seconds}.',
    remedy: [
      'Warten Sie und testen Sie erneut.',
      'Geschieht es oft, verringern Sie gleichzeitige Aufrufe, oder lassen Sie die Drosselungsrichtlinie prüfen.',
    ],
  },
  'server-error-in-ews': {
    title: 'Die Anwendung EWS auf {host} ist gescheitert.',
    explanation: 'Status {status}, ohne eine Antwort von EWS. Anfrage-ID: {requestId}.',
    remedy: [
      'Suchen Sie die Anfrage-ID in den Protokollen unter Logging\\Ews und im Ereignisprotokoll.',
      'Prüfen Sie den Zustand der Dienste.',
    ],
  },
  'gateway-cannot-reach-exchange': {
    title: 'Ein Gateway vor {host} erreicht Exchange nicht.',
    explanation: 'Status {status}: Das Gateway ist da, der Server dahinter hat ihm nicht geantwortet.',
    remedy: [
      'Prüfen Sie die Mitglieder und Integritätstests des Load Balancers oder Reverse Proxys.',
      'Prüfen Sie, ob Exchange dahinter läuft.',
    ],
  },
  'oauth-fell-back-to-password': {
    title: 'OAuth hat nicht funktioniert; angemeldet wurde mit Benutzername und Passwort.',
    explanation:
      '{user} hat sich an {host} mit {scheme} angemeldet. Warum OAuth gescheitert ist, steht als eigener Befund dabei.',
    remedy: [
      'Korrigieren Sie OAuth, oder entfernen Sie dessen IDs, wenn dieser Server es nicht braucht.',
      'Oder schalten Sie den Rückgriff aus, wenn keine Passwörter verwendet werden dürfen.',
    ],
  },

  'impersonation-header-missing': {
    title: 'EWS möchte wissen, wessen Postfach gemeint ist.',
    explanation: 'Mit dem Token einer Anwendung muss jeder Aufruf ein Postfach nennen. Text des Servers: „{text}“.',
    remedy: ['Geben Sie die E-Mail-Adresse eines Postfachs ein, und testen Sie erneut.'],
  },
  'impersonation-header-invalid': {
    title: 'EWS nimmt nicht an, wie das Postfach genannt wurde.',
    explanation: 'Code: {code}. Postfach: {email}. Text des Servers: „{text}“.',
    remedy: [
      'Prüfen Sie die E-Mail-Adresse.',
      'Verwenden Sie mit Benutzername und Passwort das Postfach dieses Kontos.',
    ],
  },
  'impersonation-denied': {
    title: '{user} darf nicht für das Postfach {email} handeln.',
    explanation: 'Die Anmeldung hat funktioniert, das Recht zum Identitätswechsel fehlt ({code}).',
    remedy: [
      'Exchange Server: Weisen Sie dem Konto die Rolle ApplicationImpersonation zu.',
      'Exchange Online: Weisen Sie der Anwendung die Rolle „Application EWS.AccessAsApp“ zu.',
    ],
  },
  'mailbox-not-found': {
    title: 'Das Postfach {email} gibt es auf {host} nicht.',
    explanation:
      'Die Anmeldung hat funktioniert, das Postfach wurde nicht gefunden ({code}). Es ist verschrieben, hat keine Lizenz oder liegt auf der anderen Seite einer Hybridorganisation. Anderer Server laut Autodiscover: {otherSide}.',
    remedy: [
      'Prüfen Sie Adresse und Lizenz des Postfachs.',
      'Verwenden Sie in einer Hybridorganisation die URL der Seite, auf der das Postfach liegt.',
    ],
  },
  'mail-address-is-alias': {
    title: '{email} ist ein Alias; EWS verlangt die primäre Adresse.',
    explanation: 'EWS öffnet ein Postfach nur unter seiner primären Adresse. Der Server nennt als diese: {primary}.',
    remedy: ['Geben Sie die primäre Adresse ein und testen Sie erneut.'],
  },
  'account-has-no-mailbox': {
    title: 'Das Konto {user} hat sich angemeldet, hat aber kein eigenes Postfach.',
    explanation: 'EWS braucht ein Postfach ({code}).',
    remedy: [
      'Geben Sie die Adresse eines Postfachs ein, das dieses Konto mit dem Recht zum Identitätswechsel öffnen darf.',
      'Oder verwenden Sie ein Konto mit Postfach.',
    ],
  },
  'mailbox-access-denied': {
    title: '{user} erhält von EWS keinen Zugriff auf das Postfach {email}.',
    explanation:
      'Die Anmeldung hat funktioniert, der Zugriff auf das Postfach wurde abgelehnt ({code}). Text des Servers: „{text}“.',
    remedy: [
      'Exchange Server: Prüfen Sie die Berechtigungen des Postfachs und seiner Ordner.',
      'Exchange Online: Prüfen Sie, was die Anwendung öffnen darf.',
    ],
  },
  'mailbox-unavailable': {
    title: 'Das Postfach {email} ist derzeit nicht verfügbar.',
    explanation:
      'Exchange nennt {code}: Die Datenbank zieht um, schaltet um oder ist nicht bereitgestellt, oder ein anderer Server muss antworten.',
    remedy: [
      'Warten Sie einige Minuten und testen Sie erneut.',
      'Hält es an, lassen Sie den Zustand der Postfachdatenbank prüfen.',
    ],
  },
  'request-schema-refused': {
    title: 'EWS versteht die Anfrage nicht.',
    explanation: 'Code {code}. Text des Servers: „{text}“. Anfrage-ID: {requestId}.',
    remedy: [
      'Wählen Sie eine andere EWS-Version oder „automatisch“, und testen Sie erneut.',
      'Hält es an, senden Sie den Beleg an den Support.',
    ],
  },
  'soap-error-unknown': {
    title: 'EWS hat mit einem Code abgelehnt, den dieses Programm nicht erklärt: {code}.',
    explanation: 'Text des Servers: „{text}“. Anfrage-ID: {requestId}.',
    remedy: [
      'Suchen Sie die Anfrage-ID in den Protokollen von {host}.',
      'Schlagen Sie den Code in Microsofts Liste der EWS-Antwortcodes nach.',
    ],
  },

  'server-version-too-new': {
    title: '{host} unterstützt die EWS-Version {asked} nicht.',
    explanation: 'Die Antwort war {code}. Höchste Version, die hier funktioniert: {works}.',
    remedy: ['Wählen Sie die Version, die funktioniert, oder „automatisch“.'],
  },
  'ews-version-not-chosen': {
    title: 'Es ist keine EWS-Version gewählt.',
    explanation: 'Der Test hat selbst eine gesucht. Höchste Version, die hier funktioniert: {works}.',
    remedy: ['Wählen Sie die Version, die funktioniert, oder „automatisch“.'],
  },
  'server-out-of-support': {
    title: '{product} auf {host} wird nicht mehr unterstützt.',
    explanation:
      'Build {build}. Die Unterstützung von Exchange 2016 und 2019 endete am 14. Oktober 2025, die älterer Versionen davor.',
    remedy: ['Planen Sie den Umstieg auf Exchange Server Subscription Edition.'],
  },
  'ews-retirement-countdown': {
    title: {
      one: 'EWS funktioniert, endet in Exchange Online aber am {date}, in {days} Tag.',
      other: 'EWS funktioniert, endet in Exchange Online aber am {date}, in {days} Tagen.',
    },
    explanation:
      'Microsoft schaltet EWS dann für alle Mandanten ab. Für nationale Clouds ist der Tag nicht bestätigt. Eigene Exchange Server sind nicht betroffen; Nachfolger ist Microsoft Graph.',
    remedy: [
      'Prüfen Sie, ob EWS bis dahin eingeschaltet bleibt.',
      'Fragen Sie den Hersteller Ihrer Anwendung nach dem Umstieg auf Microsoft Graph.',
    ],
  },
  'time-budget-spent': {
    title: 'Die Zeit für diesen Lauf war um, bevor ein Ergebnis feststand.',
    explanation: 'Nach {seconds} s war er noch beim Schritt „{openStep}“.',
    remedy: [
      'Testen Sie erneut mit mehr Zeit (--timeout).',
      'Sehen Sie sich den offenen Schritt an: Worauf er gewartet hat, das kostet die Zeit.',
    ],
  },
  'cause-unknown': {
    title: 'Es funktioniert nicht, und keine bekannte Ursache erklärt es.',
    explanation:
      'Der Lauf endete beim Schritt „{openStep}“, letzter Status: {status}. Die Schritte zeigen alles, was beobachtet wurde.',
    remedy: [
      'Sehen Sie sich den gescheiterten Schritt an.',
      'Speichern Sie den Bericht und senden Sie ihn an den Support.',
    ],
  },
}
