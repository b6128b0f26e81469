/** German words of findings on the way to the server: fields, names, connections, proxies, clocks. */
import type { FindingWords } from './template.ts'
import type { wayFindings as english } from './findings.way.en.ts'

export const wayFindings: Readonly<Record<keyof typeof english, FindingWords>> = {
  'mail-address-invalid': {
    title: 'Die E-Mail-Adresse ist nicht vollständig.',
    explanation: 'Eine Adresse braucht einen Namen, ein „@“ und eine registrierte Domäne. Es wurde nichts gesendet.',
    remedy: ['Geben Sie die Adresse in der Form name@firma.de ein.'],
  },
  'client-id-malformed': {
    title: 'Die Anwendungs-ID (Client) hat nicht die Form einer ID.',
    explanation: 'Eine Anwendungs-ID besteht aus 32 hexadezimalen Ziffern in fünf Gruppen: 8-4-4-4-12.',
    remedy: [
      'Öffnen Sie „App-Registrierungen“ im Microsoft Entra Admin Center und wählen Sie Ihre Anwendung.',
      'Kopieren Sie in der Übersicht „Anwendungs-ID (Client)“ und fügen Sie sie in das Feld ein.',
    ],
  },
  'tenant-id-malformed': {
    title: 'Die Verzeichnis-ID (Mandant) ist weder eine ID noch eine Domäne.',
    explanation:
      'Der Anmeldedienst braucht den Mandanten als ID mit 32 hexadezimalen Ziffern oder als Domäne wie firma.onmicrosoft.com.',
    remedy: [
      'Kopieren Sie „Verzeichnis-ID (Mandant)“ aus der Übersicht Ihrer App-Registrierung und fügen Sie sie in das Feld ein.',
    ],
  },
  'client-id-is-another-id': {
    title: 'Anwendungs-ID und Verzeichnis-ID sind gleich.',
    explanation: 'In beiden Feldern steht {clientId}. Es sind zwei verschiedene IDs auf derselben Übersichtsseite.',
    remedy: [
      'Öffnen Sie die Übersicht Ihrer App-Registrierung.',
      'Kopieren Sie „Anwendungs-ID (Client)“, nicht „Verzeichnis-ID (Mandant)“ und nicht „Objekt-ID“.',
    ],
  },
  'client-secret-is-id': {
    title: 'Der Clientschlüssel sieht aus wie eine geheime ID, nicht wie deren Wert.',
    explanation:
      'Entra zeigt zu einem geheimen Clientschlüssel zwei Spalten: „Wert“ und „Geheime ID“. Nur mit dem Wert kann man sich anmelden, mit der ID nie.',
    remedy: [
      'Öffnen Sie „Zertifikate & Geheimnisse“ der App-Registrierung.',
      'Legen Sie mit „Neuer geheimer Clientschlüssel“ einen neuen an; der Wert eines alten wird nicht mehr angezeigt.',
      'Kopieren Sie sofort die Spalte „Wert“ und fügen Sie sie in das Feld ein.',
    ],
  },
  'client-certificate-unusable': {
    title: 'Das Zertifikat der Anwendung lässt sich nicht verwenden.',
    explanation:
      'Die Datei liefert kein Zertifikat mit seinem privaten Schlüssel: {reason}. Deshalb wurde für die Anwendung {clientId} kein Token angefordert.',
    remedy: [
      'Nennen Sie eine PEM-Datei, die das Zertifikat und seinen privaten Schlüssel enthält, oder eine PFX-Datei, und geben Sie ihr Kennwort an.',
      'Verwenden Sie einen RSA-Schlüssel; andere nimmt Entra ID nicht an.',
    ],
  },
  'client-secret-missing': {
    title: 'Der Clientschlüssel fehlt.',
    explanation:
      'Verzeichnis-ID und Anwendungs-ID sind da. Ohne Clientschlüssel wird für die Anwendung {clientId} kein Token ausgestellt.',
    remedy: [
      'Geben Sie den Wert eines geheimen Clientschlüssels dieser Anwendung ein.',
      'Ist keiner bekannt, legen Sie unter „Zertifikate & Geheimnisse“ einen an.',
    ],
  },
  'credentials-missing': {
    title: 'Der Server verlangt eine Anmeldung, und es ist weder ein Passwort noch ein Clientschlüssel angegeben.',
    explanation: 'Host: {host}. Angebotene Anmeldeverfahren: {offered}.',
    remedy: [
      'Für Exchange Online geben Sie Verzeichnis-ID, Anwendungs-ID und Clientschlüssel ein.',
      'Für einen eigenen Exchange Server geben Sie das Passwort ein und, wenn er von der Adresse abweicht, den Benutzernamen.',
    ],
  },
  'tenant-must-be-named': {
    title: 'Die Verzeichnis-ID (Mandant) muss einen bestimmten Mandanten nennen.',
    explanation:
      '„common“, „organizations“ und „consumers“ stehen für viele Mandanten. Eine Anwendung, die sich selbst anmeldet, braucht ihren eigenen.',
    remedy: [
      'Kopieren Sie „Verzeichnis-ID (Mandant)“ aus der Übersicht Ihrer App-Registrierung und fügen Sie sie in das Feld ein.',
    ],
  },
  'ews-url-malformed': {
    title: 'Die EWS-URL ist keine Webadresse.',
    explanation: 'Es wurde nichts gesendet, weil aus dem Feld kein Server hervorgeht.',
    remedy: [
      'Geben Sie die URL in der Form https://mail.firma.de/EWS/Exchange.asmx ein, oder wählen Sie „URL abrufen“.',
    ],
  },

  'no-name-resolved': {
    title: 'Kein Name ließ sich auflösen, nicht einmal {name}.',
    explanation:
      'Der Namensserver dieses Computers kennt keinen der abgefragten Namen. So sieht es ohne Netzwerk aus, ohne VPN oder in einem Netz, das nur eigene Namen auflöst.',
    remedy: [
      'Prüfen Sie die Netzwerkverbindung, und verbinden Sie sich mit dem VPN, wo eines nötig ist.',
      'Prüfen Sie, welchen DNS-Server dieser Computer verwendet.',
    ],
  },
  'mail-domain-not-found': {
    title: 'Die Maildomäne {domain} gibt es im DNS nicht.',
    explanation:
      'Der Namensserver kennt zu dieser Domäne weder eine Adresse noch einen Mailserver. Meist ist die Adresse verschrieben.',
    remedy: [
      'Prüfen Sie den Teil hinter dem „@“.',
      'Gibt es die Domäne nur im Firmennetz, verbinden Sie sich mit ihm (VPN) und versuchen Sie es erneut.',
    ],
  },
  'autodiscover-record-missing': {
    title: 'Für {host} gibt es keinen DNS-Eintrag.',
    explanation: 'Unter diesem Namen suchen Programme Exchange zuerst. Die Domäne {domain} selbst gibt es.',
    remedy: [
      'Für Exchange Online legen Sie einen CNAME-Eintrag {host} an, der auf autodiscover.outlook.com zeigt.',
      'Für einen eigenen Server legen Sie einen CNAME- oder Adresseintrag {host} an, der auf ihn zeigt.',
    ],
  },
  'ews-host-not-found': {
    title: 'Der Host {host} hat im DNS keine Adresse.',
    explanation:
      'Ohne Adresse ist keine Verbindung möglich. Der Name ist verschrieben, oder es gibt ihn nur in einem anderen Netz.',
    remedy: [
      'Prüfen Sie den Hostnamen in der URL.',
      'Ist der Name nur im Firmennetz bekannt, verbinden Sie sich mit ihm (VPN) und versuchen Sie es erneut.',
    ],
  },
  'dns-not-answering': {
    title: 'Der DNS-Server hat die Frage nach {name} nicht beantwortet.',
    explanation:
      'Er hat nicht gesagt, dass es den Namen nicht gibt, sondern nichts Brauchbares geantwortet ({code}). Resolver: {resolver}.',
    remedy: [
      'Prüfen Sie Netzwerkverbindung und VPN.',
      'Prüfen Sie, ob der DNS-Server dieses Rechners erreichbar ist und nach {name} gefragt antwortet.',
    ],
  },
  'split-dns-suspected': {
    title: '{host} führt hier zu der Adresse {address}, die es draußen nicht gibt.',
    explanation:
      'Dieses Netz löst den Namen also womöglich anders auf als das Internet. Eine Verbindung zu dieser Adresse kam nicht zustande. Adresse nach einem anderen Namensserver: {outside}.',
    remedy: [
      'Im Firmennetz prüfen Sie den Eintrag von {host} im internen DNS und den Weg zu {address}.',
      'Außerhalb oder über VPN prüfen Sie, welchen DNS-Server dieser Rechner fragt und ob er interne Adressen nennen soll.',
    ],
  },
  'ipv6-unreachable': {
    title: '{host} ist über IPv6 nicht erreichbar.',
    explanation:
      'Das DNS nennt die IPv6-Adresse {address}, und die Verbindung dorthin ist gescheitert ({code}). Jeder Aufruf verliert dort Zeit oder scheitert, wenn es keine andere Adresse gibt.',
    remedy: ['Korrigieren Sie Route oder Firewall für {address}, oder entfernen Sie den AAAA-Eintrag von {host}.'],
  },
  'srv-record-unusual': {
    title: 'Der SRV-Eintrag {name} ist ungewöhnlich.',
    explanation:
      'Erwartet wird ein einziger Eintrag mit Port 443 und einem Ziel in der Maildomäne. Gefunden: {records}.',
    remedy: ['Prüfen Sie, ob Port, Anzahl der Einträge und Ziel so gewollt sind.'],
  },

  'connection-refused': {
    title: '{host} hat die Verbindung auf Port {port} abgelehnt.',
    explanation:
      'Der Rechner {address} hat geantwortet, aber dort lauscht kein Dienst, oder eine Firewall lehnt ab ({code}).',
    remedy: [
      'Prüfen Sie, ob der Webdienst auf {host} läuft.',
      'Prüfen Sie Firewall und Portweiterleitung für Port {port}.',
    ],
  },
  'connection-timed-out': {
    title: '{host} hat auf Port {port} nicht geantwortet.',
    explanation:
      'Innerhalb von {seconds} s kam keine Verbindung zu {address} zustande ({code}). Meist verwirft eine Firewall die Pakete, oder die Adresse ist von hier nicht erreichbar.',
    remedy: [
      'Erlauben Sie Verbindungen von diesem Rechner zu {host}, Port {port}.',
      'Führt der Weg über VPN oder Proxy, verbinden Sie sich oder richten Sie ihn ein.',
    ],
  },
  'server-silent': {
    title: '{host} hat die Verbindung angenommen und dann geschwiegen.',
    explanation:
      'Innerhalb von {seconds} s kam keine brauchbare Antwort. Der Dienst hängt, oder etwas vor ihm wartet auf ihn.',
    remedy: [
      'Prüfen Sie den Zustand von IIS und Anwendungspool MSExchangeServicesAppPool auf {host}.',
      'Prüfen Sie, ob ein Load Balancer auf einen ausgefallenen Server wartet.',
    ],
  },
  'connection-dropped': {
    title: '{host} hat die Verbindung vor einer Antwort abgebrochen.',
    explanation:
      'Die Verbindung endete mittendrin ({code}). Eine Firewall, ein Proxy oder der Server selbst hat sie geschlossen.',
    remedy: [
      'Prüfen Sie Firewalls, Proxys und Load Balancer zwischen diesem Rechner und {host}.',
      'Versuchen Sie es einmal erneut; unter hoher Last brechen manche Server Verbindungen ab.',
    ],
  },
  'tls-handshake-reset': {
    title: 'Die verschlüsselte Verbindung zu {host} kam nicht zustande.',
    explanation:
      'Der Handshake brach ab ({code}). Mögliche Gründe sind ein Server, der nur alte TLS-Versionen kennt, oder ein Filter, der diesen Hostnamen nicht durchlässt.',
    remedy: [
      'Schalten Sie auf {host} TLS 1.2 ein.',
      'Prüfen Sie, ob eine Firewall Verbindungen zu {host} untersucht oder filtert.',
    ],
  },
  'tls-certificate-expired': {
    title: 'Das Zertifikat von {host} ist am {validTo} abgelaufen.',
    explanation:
      'Ein abgelaufenes Zertifikat beweist nichts, daher werden keine Anmeldedaten gesendet. Ausgestellt für {subject} von {issuer}.',
    remedy: [
      'Erneuern Sie das Zertifikat von {host} und weisen Sie es IIS zu.',
      'Erneuern Sie es auch auf Load Balancern und Proxys vor dem Server.',
    ],
  },
  'tls-certificate-not-yet-valid': {
    title: 'Das Zertifikat von {host} gilt erst ab {validFrom}.',
    explanation:
      'Entweder wurde das Zertifikat zu früh eingerichtet, oder die Uhr dieses Rechners geht nach. Es werden keine Anmeldedaten gesendet.',
    remedy: [
      'Vergleichen Sie Datum und Uhrzeit dieses Rechners mit einer verlässlichen Uhr.',
      'Stimmen sie, weisen Sie {host} ein Zertifikat zu, das schon gilt.',
    ],
  },
  'tls-certificate-revoked': {
    title: 'Das Zertifikat von {host} wurde vom Aussteller gesperrt.',
    explanation: 'Der Aussteller {issuer} hat es zurückgezogen. Es werden keine Anmeldedaten gesendet.',
    remedy: ['Ersetzen Sie das Zertifikat von {host}.'],
  },
  'tls-name-mismatch': {
    title: 'Das Zertifikat von {host} ist auf andere Namen ausgestellt.',
    explanation:
      'Es nennt {names}. Dort kann also ein anderer Server stehen, und es werden keine Anmeldedaten gesendet.',
    remedy: [
      'Verwenden Sie einen Hostnamen, der im Zertifikat steht.',
      'Oder stellen Sie ein Zertifikat aus, das {host} enthält.',
    ],
  },
  'tls-inspection': {
    title: 'Die Verbindung zu {host} wird unterwegs geöffnet und untersucht.',
    explanation:
      'Das Zertifikat stammt von {issuer}, nicht vom Betreiber des Hosts. So sieht TLS-Inspektion aus; NTLM mit Erweitertem Schutz kann durch sie nicht funktionieren.',
    remedy: [
      'Nehmen Sie {host} von der TLS-Inspektion aus.',
      'Oder installieren Sie die untersuchende Zertifizierungsstelle auf diesem Rechner, oder geben Sie sie als zusätzliche an.',
    ],
  },
  'tls-issuer-unknown': {
    title: 'Dem Aussteller des Zertifikats von {host} wird hier nicht vertraut.',
    explanation:
      'Das Zertifikat stammt von {issuer} ({code}). Es ist selbst signiert, von einer firmeneigenen Zertifizierungsstelle, oder der Server sendet sein Zwischenzertifikat nicht.',
    remedy: [
      'Ist es die Zertifizierungsstelle Ihrer Firma, installieren Sie deren Zertifikat auf diesem Rechner oder geben Sie es als zusätzliches an.',
      'Ist die Zertifizierungsstelle öffentlich, lassen Sie das Zwischenzertifikat auf {host} einrichten.',
      'Schalten Sie die Prüfung nicht ab: Hinter einem unbekannten Zertifikat kann jeder stehen.',
    ],
  },
  'tls-certificate-differs-behind-balancer': {
    title: '{host} zeigt ein anderes Zertifikat als das erwartete.',
    explanation:
      'Gesehen: {seen}. Erwartet: {expected}. Ausgestellt ist es für {subject} von {issuer}. Bei zwei Zertifikaten auf dem Weg scheitert die Anmeldung mit NTLM oder Negotiate unter Erweitertem Schutz.',
    remedy: [
      'Sehen Sie auf dem Server nach, welches Zertifikat IIS verwendet.',
      'Verwenden Sie auf dem Load Balancer und in IIS dasselbe Zertifikat, oder lassen Sie den Load Balancer TLS durchreichen.',
    ],
  },

  'proxy-login-required': {
    title: 'Der Proxy verlangt eine Anmeldung, bevor er mit {host} verbindet.',
    explanation: 'Er antwortete {code}. Der Server dahinter wurde nicht erreicht.',
    remedy: [
      'Nehmen Sie {host} von der Anmeldung am Proxy aus, oder lassen Sie diesen Rechner durch.',
      'Oder geben Sie für diese Verbindung einen Proxy mit Benutzername und Passwort an.',
    ],
  },
  'proxy-unreachable': {
    title: 'Der eingestellte Proxy ist nicht erreichbar.',
    explanation: 'Die Verbindung zu {host} sollte über einen Proxy gehen, der nicht antwortet ({code}).',
    remedy: [
      'Prüfen Sie die Proxyeinstellung (--proxy, HTTPS_PROXY oder die des Systems).',
      'Ist für {host} kein Proxy nötig, nehmen Sie ihn in die Ausnahmen auf.',
    ],
  },
  'captive-portal': {
    title: 'Anstelle der Server antwortet ein Portal.',
    explanation:
      'Dieselbe fremde Seite kam von {hosts}, die nichts miteinander zu tun haben. Sie beginnt mit „{text}“; Ziel ihrer Umleitung: {redirect}. Keiner dieser Hosts wurde wirklich erreicht.',
    remedy: [
      'Öffnen Sie im Browser eine beliebige Webseite und melden Sie sich am Netz an, oder wechseln Sie das Netz.',
      'Antwortet so ein Webfilter, lassen Sie diese Hosts von ihm ausnehmen.',
    ],
  },
  'proxy-not-used': {
    title: 'Der verwendete Weg führt nicht zu {host}, ein anderer schon.',
    explanation:
      'Verwendet: {used}. Eine Verbindung {other} stand sofort; gesendet wurde darüber nichts. Der Proxy ist {proxy}.',
    remedy: [
      'Ist der Proxy nötig, geben Sie ihn an (--proxy http://{proxy}).',
      'Soll er nicht verwendet werden, löschen Sie die Einstellung, oder nehmen Sie {host} in die Ausnahmen auf (--no-proxy).',
    ],
  },
  'gateway-answered': {
    title: 'Anstelle von Exchange hat etwas davor für {host} geantwortet.',
    explanation:
      'Der Status ist {status}, ohne jedes Kennzeichen von Exchange. Ein Gateway, eine Firewall oder ein Proxy hat geantwortet; es nennt sich: {via}.',
    remedy: [
      'Prüfen Sie die Regeln für /ews/ und /autodiscover/ auf Gateways, Firewalls und Proxys vor {host}.',
      'Suchen Sie diese Anfrage in deren Protokoll.',
    ],
  },
  'token-endpoint-redirected': {
    title: 'Die Anforderung eines Tokens wurde auf dem Weg zu {host} umgeleitet.',
    explanation:
      'Der Anmeldedienst nimmt solche Anforderungen nur unmittelbar an (Status {status}). Etwas auf dem Weg verändert sie, meist ein Proxy oder ein Portal.',
    remedy: ['Lassen Sie Anforderungen an {host} unverändert durch.'],
  },

  'clock-skew': {
    title: 'Die Uhren dieses Rechners und von {host} weichen um {minutes} min voneinander ab.',
    explanation:
      'Verglichen mit {hosts}. Ab fünf Minuten wirken Tokens, Zertifikate und Kerberos verfrüht oder abgelaufen.',
    remedy: [
      'Stellen Sie Datum, Uhrzeit und Zeitzone dieses Rechners, am besten über NTP.',
      'Geht dieser Rechner richtig, lassen Sie die Uhr von {host} stellen.',
    ],
  },
  'token-not-yet-valid': {
    title: '{host} hat das Token abgelehnt, weil es für den Server in der Zukunft liegt.',
    explanation: 'Das Token gilt ab {from}; nach der Uhr des Servers ist es {serverTime}.',
    remedy: ['Stellen Sie die Uhr von {host}, am besten über NTP.', 'Testen Sie dann erneut.'],
  },

  'works-in-browser-only': {
    title: 'Ein Browser auf diesem Rechner öffnet, was dieses Programm nicht erreicht.',
    explanation:
      'Dieses Programm hat sich {used} verbunden. Ein Browser verwendet womöglich einen anderen Proxy, kennt andere Zertifizierungsstellen, holt fehlende Zertifikate selbst, oder er ist an einem Gateway schon angemeldet. Was davon den Unterschied macht, war nicht zu sehen.',
    remedy: [
      'Sehen Sie im Browser nach, welchen Proxy er für {host} verwendet, und geben Sie diesen hier an.',
      'Vergleichen Sie den Aussteller des Zertifikats im Browser mit dem in den Belegen; ist es der Ihrer Firma, geben Sie ihn als zusätzliche Zertifizierungsstelle an.',
      'Öffnen Sie die Adresse in einem privaten Fenster: Erscheint zuerst eine Anmeldeseite, steht davor ein Gateway, an dem Programme nicht vorbeikommen.',
    ],
  },
}
