/** German help on findings on the way to the server: fields, names, connections, proxies, clocks. */
import type { HelpWords } from './help.ts'
import type { wayHelp as english } from './help.way.en.ts'

export const wayHelp: Readonly<Record<keyof typeof english, HelpWords>> = {
  'mail-address-invalid': {
    meaning:
      'Mit der Adresse beginnt alles: Aus ihrer Domäne ergibt sich, wo nach Autodiscover gesucht wird und welcher Host eine Anmeldung bekommen darf. Ohne ein „@“ mit einem Namen davor und einer registrierten Domäne dahinter gibt es keine Stelle, die man gefahrlos fragen könnte. Aus demselben Grund scheiden Endungen aus, die sich viele Inhaber teilen, etwa „co.uk“, und reine IP-Adressen: Eine Frage dorthin würde bei Fremden landen.',
    knows:
      'Das Feld wird mit diesen Regeln verglichen, bevor etwas gesendet wird; der Befund ist also beobachtet. Ob es das Postfach gibt, ist damit nicht gesagt, das weiß nur Exchange.',
  },
  'client-id-malformed': {
    meaning:
      'Die Anwendungs-ID (Client) ist eine GUID, die Entra ID beim Registrieren einer Anwendung vergibt. Beim Kopieren geraten oft Leerzeichen, Klammern oder Anführungszeichen mit hinein; sie werden entfernt und erwähnt, wenn das genügt. Was hier übrig bleibt, ist etwas anderes, häufig der Anzeigename der Anwendung oder ein Stück eines Links.',
    knows:
      'Verglichen wird nur die Form: 32 hexadezimale Ziffern in den Gruppen 8-4-4-4-12. Das ist beobachtet und braucht keinen Aufruf. Auch eine ID in der richtigen Form kann zu einer anderen Anwendung gehören; das stellt dann Entra ID fest, und der Befund ist ein anderer.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Übersicht → Anwendungs-ID (Client)',
    ],
  },
  'tenant-id-malformed': {
    meaning:
      'Die Verzeichnis-ID (Mandant) bezeichnet die Organisation, in der die Anwendung registriert ist. Der Anmeldedienst nimmt eine GUID oder eine Domäne der Organisation. Meist sind eingefügte Links, Leerzeichen oder Klammern der Grund; die Adresse des Portals ist nicht die ID.',
    knows:
      'Die Form des Feldes wird geprüft, bevor etwas gesendet wird, das ist beobachtet. Entra ID hat für denselben Fall den Code AADSTS900023; sein genauer Wortlaut ist nicht bestätigt, deshalb zählt hier nur der Code.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Übersicht → Verzeichnis-ID (Mandant)',
    ],
  },
  'client-id-is-another-id': {
    meaning:
      'Die Übersicht einer App-Registrierung zeigt mehrere GUIDs nebeneinander: Anwendungs-ID (Client), Verzeichnis-ID (Mandant) und Objekt-ID. Sie sehen gleich aus und werden leicht verwechselt. Eine Anwendung hat nie dieselbe ID wie ihr Mandant, also steht in einem der beiden Felder ein Wert, der dort nicht hingehört.',
    knows:
      'In beiden Feldern steht dieselbe Zeichenfolge, das ist beobachtet. Eine Objekt-ID lässt sich an der Form nicht erkennen; sie fällt erst auf, wenn Entra ID die Anwendung nicht findet.',
    commands: ['Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Übersicht'],
  },
  'client-secret-is-id': {
    meaning:
      'Zu jedem geheimen Clientschlüssel zeigt das Portal zwei Spalten: „Wert“ und „Geheime ID“. Die ID benennt den Schlüssel nur, damit man ihn findet und löschen kann; sie ist eine GUID und meldet niemanden an. Der Wert erscheint ein einziges Mal, direkt nach dem Anlegen. Die beiden zu verwechseln, gehört beim Einrichten einer Anwendung zu den häufigsten Fehlern.',
    knows:
      'Das Feld hat die Form einer GUID, die kein Wert hat: Das ist wahrscheinlich und wird deshalb schon vor dem ersten Aufruf als Warnung gesagt. Antwortet Entra ID dann mit AADSTS7000215, beweist beides zusammen die Verwechslung: beobachtet. Nimmt Entra ID den Schlüssel an, ist der Verdacht erledigt.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Zertifikate & Geheimnisse → Spalte „Wert“',
    ],
  },
  'client-certificate-unusable': {
    meaning:
      'Statt mit einem Clientschlüssel kann sich eine Anwendung mit einem Zertifikat ausweisen: Seine öffentliche Hälfte wird in die App-Registrierung hochgeladen, sein privater Schlüssel unterschreibt hier jede Token-Anfrage und verlässt diesen Rechner nie. Dazu muss die Datei beide enthalten, der Schlüssel zum Zertifikat gehören, und ein geschützter Schlüssel braucht sein Kennwort.',
    knows:
      'Die Datei wurde hier gelesen, bevor etwas gesendet wurde: beobachtet. Der Befund nennt das Erste, was fehlt: Zertifikat, Schlüssel, Kennwort, die Übereinstimmung beider oder die Art des Schlüssels.',
    commands: ['openssl pkcs12 -export -in <Zertifikat>.pem -inkey <Schlüssel>.pem -out <Datei>.pfx'],
  },
  'client-secret-missing': {
    meaning:
      'Mandant und Anwendung sagen, wer sich anmelden will; der Clientschlüssel ist der Nachweis dazu. Ohne ihn stellt Entra ID kein Token aus, und OAuth scheidet aus. Soll stattdessen ein Passwort verwendet werden, leeren Sie besser auch die beiden ID-Felder, damit klar ist, welcher Weg gemeint ist.',
    knows:
      'Das Feld ist leer und kein Schlüssel gespeichert, das ist ohne Aufruf beobachtet. Entra ID sagt dasselbe mit AADSTS7000218 oder AADSTS7000216; der Wortlaut des zweiten Codes ist nicht bestätigt, verwendet wird nur der Code. Bei 7000218 kann Entra ID auch meinen, dass öffentliche Clientflows für die Anwendung nicht zugelassen sind.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Zertifikate & Geheimnisse → Neuer geheimer Clientschlüssel',
    ],
  },
  'credentials-missing': {
    meaning:
      'Ohne Anmeldung öffnet EWS kein Postfach. Es ist weder ein Passwort angegeben noch der vollständige Satz aus Verzeichnis-ID, Anwendungs-ID und Clientschlüssel, daher gab es keinen Versuch. Zeigen die Schritte einen Status 401 auf eine anonyme Frage, ist das ein gutes Zeichen: Der Weg zum Server ist frei, und Exchange fragt nach der Anmeldung, wie es soll.',
    knows:
      'Der Lauf hat keine Anmeldedaten, das ist beobachtet. Wo der Server gefragt wurde, nennt sein Header WWW-Authenticate die Anmeldeverfahren. Abgelehnt wurde nichts, über ein Passwort sagt der Befund also nichts.',
  },
  'tenant-must-be-named': {
    meaning:
      '„common“, „organizations“ und „consumers“ überlassen es einem Menschen, bei der Anmeldung seinen Mandanten zu wählen. Eine Anwendung, die sich selbst anmeldet, hat niemanden, der wählt, und muss ihren Mandanten nennen. Beispiele im Netz zeigen oft „common“, weil sie von Menschen handeln.',
    knows:
      'Entweder steht eines dieser Wörter im Feld, oder Entra ID sagt es mit einem Code: AADSTS9001023, 50059, 50194 oder 90019. Beides ist beobachtet.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Übersicht → Verzeichnis-ID (Mandant)',
    ],
  },
  'ews-url-malformed': {
    meaning:
      'In das Feld gehört die Adresse des EWS-Webdienstes. Sie beginnt mit https:// und endet in der Regel auf /EWS/Exchange.asmx. Was jetzt darin steht, lässt sich nicht als Webadresse lesen; es gibt also keinen Host, mit dem man sich verbinden könnte. Ein bloßer Hostname, ein fehlender Pfad oder die Adresse von Outlook im Web sind andere Fälle: Sie werden ergänzt oder mit einem Vorschlag beantwortet.',
    knows: 'Der Text wird als URL gelesen, bevor etwas gesendet wird. Dass er sich nicht lesen lässt, ist beobachtet.',
  },

  'no-name-resolved': {
    meaning:
      'Kein einziger Name ließ sich in eine Adresse übersetzen, nicht einmal der von Microsofts Cloud, den es für jeden gibt. Dann sagt auch die Antwort „diese Domäne gibt es nicht“ wenig über die Domäne: Ein Namensserver ohne Verbindung nach außen antwortet auf alles so. Typisch sind ein fehlendes Netzwerk, ein nicht verbundenes VPN oder ein abgeschlossenes Netz, das nur eigene Namen auflöst.',
    knows:
      'Alle Fragen des Laufs blieben ohne Adresse, darunter die nach einem Namen, den es sicher gibt. Mehr als wahrscheinlich ist das nicht: Ein abgeschlossenes Netz, in dem die Maildomäne zusätzlich verschrieben ist, sieht genauso aus. Schon ein Name, der sich auflösen lässt, oder eine offene Verbindung spräche dagegen.',
  },
  'mail-domain-not-found': {
    meaning:
      'Der Namensserver sagt, dass es die Domäne nicht gibt: keine Adresse, keinen Mailserver und keinen Autodiscover-Namen darunter. Fast immer ist der Teil hinter dem „@“ verschrieben. Eine Domäne, die nur im Firmennetz bekannt ist, sieht von außen ebenso aus. Etwas anderes ist ein Namensserver, der gar nichts sagt; dafür gibt es einen eigenen Befund.',
    knows:
      'Die Antwort auf die Frage nach der Domäne lautet NXDOMAIN, und auch darunter fand sich nichts: beobachtet. Ein MX-Eintrag, ein SRV-Eintrag oder ein Name wie autodiscover. unterhalb der Domäne spräche dagegen, und dann wird der Befund nicht gegeben.',
  },
  'autodiscover-record-missing': {
    meaning:
      'Mailprogramme suchen Exchange unter „autodiscover.“, gefolgt von der Maildomäne. Die Domäne gibt es, diesen Namen nicht. Das schadet nicht, solange ein anderer Weg zur URL führt, etwa ein SRV-Eintrag, die Domäne selbst oder Exchange Online; sonst ist es der übliche Grund, warum nichts gefunden wird.',
    knows:
      'Auf die Frage nach der Adresse dieses Namens kam „gibt es nicht“ oder eine leere Antwort, während die Domäne selbst Einträge hat: beobachtet. Ist eine URL gefunden, bleibt es ein Hinweis, vorher ist es eine Warnung. Einen Eintrag, den es nur in der inneren DNS-Sicht der Firma gibt, sieht man von außen nicht.',
  },
  'ews-host-not-found': {
    meaning:
      'Der Host der EWS-URL oder des Anmeldedienstes hat im DNS keine Adresse, also lässt sich eine Verbindung nicht einmal versuchen. Der Name ist verschrieben, wurde aufgegeben oder ist nur im Firmennetz bekannt. Ein ausgefallener Server ist etwas anderes: Er hätte weiterhin eine Adresse.',
    knows:
      'Der Namensserver hat geantwortet, und die Antwort enthält keine Adresse, weder IPv4 noch IPv6: beobachtet. Hätte er gar nicht geantwortet, hieße der Befund, dass das DNS nicht antwortet.',
  },
  'dns-not-answering': {
    meaning:
      'Der Namensserver wurde gefragt und gab keine brauchbare Antwort: Er ließ die Zeit verstreichen, lehnte ab oder meldete einen eigenen Fehler. Über den Namen folgt daraus nichts. Häufig fehlt das VPN, der eingestellte DNS-Server ist aus diesem Netz nicht erreichbar, oder die eigene Zone der Firma ist gestört.',
    knows:
      'Das Ergebnis der Frage ist eine Zeitüberschreitung, REFUSED oder SERVFAIL: beobachtet. Ein klares „gibt es nicht“ wäre ein anderer Befund; aus Schweigen wird es nie geschlossen.',
  },
  'split-dns-suspected': {
    meaning:
      'Viele Firmen geben demselben Namen zwei Adressen: eine interne im eigenen Netz und eine öffentliche draußen. Das geht gut, solange jeder den richtigen Namensserver fragt. Wer draußen ist und doch den internen fragt, etwa über ein halb geöffnetes VPN, bekommt eine Adresse, die von dort nirgendwohin führt. Umgekehrt kann ein interner Eintrag veraltet sein.',
    knows:
      'Den Namen kann es im öffentlichen DNS geben, und seine Adresse ist eine private, eine von Anbietern geteilte, eine des lokalen Segments oder die des Rechners selbst; eine Verbindung dorthin kam nicht zustande. Aus nur einem Blickwinkel ist das möglich: Die private Adresse kann gewollt sein und nur eine Firewall geschlossen. Wahrscheinlich wird es, wenn zwei Namensserver sich unterscheiden, der eine mit einer internen, der andere mit einer öffentlichen Adresse. Ein zweiter wird nur betrachtet, wo der Lauf einen hatte.',
    commands: ['Resolve-DnsName <Host> -Server <Namensserver>'],
  },
  'ipv6-unreachable': {
    meaning:
      'Der Host hat eine IPv6-Adresse, und die Verbindung dorthin gelingt von hier aus nicht. Solange auch eine IPv4-Adresse funktioniert, verliert jede Verbindung nur Zeit; Programme, die nicht beide Adressen versuchen, scheitern. Gibt es keine IPv4-Adresse, geht nichts.',
    knows:
      'Jede Adresse wird einzeln versucht und ihr Ergebnis festgehalten: Der Versuch über IPv6 scheiterte, der über IPv4 gelang oder war nicht möglich. Das ist beobachtet. Ein Rechner ganz ohne IPv6 lehnt sofort ab; das kostet nichts und wird nicht gemeldet, solange IPv4 funktioniert.',
  },
  'srv-record-unusual': {
    meaning:
      'Ein SRV-Eintrag für Autodiscover nennt Host und Port. Die meisten Mailprogramme erwarten genau einen Eintrag, Port 443 und ein Ziel in der Maildomäne; manche übergehen andere Ports oder wählen unter mehreren Einträgen falsch. Dieses Programm folgt dem Eintrag, wie er dasteht. Was hier funktioniert, kann anderswo also scheitern.',
    knows:
      'Die Einträge stammen aus dem DNS: beobachtet. Ob sie so gewollt sind, weiß nur ihr Inhaber; deshalb bleibt es ein Hinweis.',
  },

  'connection-refused': {
    meaning:
      'Der Rechner hinter der Adresse hat geantwortet, und zwar mit Nein: Auf diesem Port lauscht nichts, oder eine Firewall lehnt ausdrücklich ab. Das unterscheidet sich von einer Zeitüberschreitung, bei der gar nichts zurückkommt. Häufige Gründe sind ein gestoppter Webdienst, ein falscher Port und eine Portweiterleitung auf den falschen Rechner.',
    knows:
      'Das Betriebssystem meldet für die Verbindung ECONNREFUSED: beobachtet. Welcher der Gründe zutrifft, ist von außen nicht zu sehen. Bei einem bloßen Kandidaten von Autodiscover heißt es nur, dass Exchange dort nicht ist.',
  },
  'connection-timed-out': {
    meaning:
      'Auf die Pakete, die eine Verbindung eröffnen, kam rechtzeitig keine Antwort. Meist verwirft eine Firewall sie stillschweigend, oder die Adresse ist aus diesem Netz ohne VPN oder Proxy nicht erreichbar. Ein ausgeschalteter Server sieht ebenso aus. Ein falsches Passwort oder Zertifikat kann es nicht sein, so weit kam die Verbindung nicht.',
    knows:
      'Der Verbindungsversuch endete mit einer Zeitüberschreitung oder mit „nicht erreichbar“ vom System: beobachtet. Wo die Pakete verloren gehen, ist von hier aus nicht zu sehen.',
  },
  'server-silent': {
    meaning:
      'Die Verbindung steht, aber innerhalb der Frist kommt keine brauchbare Antwort. Netz und Firewall sind bis zu diesem Host also in Ordnung; der Dienst dahinter hängt, oder ein Load Balancer hält die Anfrage fest, während er auf einen Server wartet, der nicht kommt. Ein Server, der nur langsam ist, hätte wenigstens angefangen.',
    knows:
      'Die Verbindung kam zustande, die Antwort oder schon der Handshake davor blieb aus: beobachtet. Was dahinter hängt, ist von außen nicht zu erkennen.',
  },
  'connection-dropped': {
    meaning:
      'Die Gegenstelle oder etwas auf dem Weg hat die Verbindung geschlossen, bevor eine Antwort kam. Das tun Firewalls und Proxys, die Inhalte prüfen, und Server, die gerade neu starten. Auch von EWS ist bekannt, dass es unter Last Verbindungen fallen lässt; ein einzelner Fall beweist das nicht.',
    knows:
      'Die Verbindung endete ohne Antwort, durch Reset oder einfaches Schließen: beobachtet. Wer sie geschlossen hat, ist nicht zu sehen. Eine Drosselung liegt nur nahe, wenn es gehäuft vorkommt.',
  },
  'tls-handshake-reset': {
    meaning:
      'Die Verbindung wurde geöffnet und brach ab, während die Verschlüsselung ausgehandelt wurde. So verhalten sich alte Server, die nur nicht mehr zugelassene TLS-Versionen kennen, und Filter, die den Hostnamen lesen und ablehnen. Ein schlechtes Zertifikat ist etwas anderes: Dann käme der Handshake so weit, dass man es sieht.',
    knows:
      'Zwischen der ersten Nachricht des Handshakes und seinem Abschluss kam ein Reset, ein Ende oder ein TLS-Alert: beobachtet. Die Ursache ist nur möglich, denn beide Erklärungen sehen von außen gleich aus.',
  },
  'tls-certificate-expired': {
    meaning:
      'Das Zertifikat des Hosts hat seinen letzten Tag hinter sich. Es beweist nicht mehr, wessen Server das ist, deshalb geht keine Anmeldung dorthin. Oft wurde es auf dem Exchange Server erneuert und auf dem Load Balancer oder Reverse Proxy davor vergessen; genau diesen sieht man von außen.',
    knows:
      'Das gezeigte Zertifikat endet in der Vergangenheit: beobachtet. Zuvor werden die Uhren verglichen: Ist die Uhr dieses Rechners der Grund, nennt der Befund stattdessen die Uhr.',
    commands: ['Enable-ExchangeCertificate -Thumbprint <Fingerabdruck> -Services IIS'],
  },
  'tls-certificate-not-yet-valid': {
    meaning:
      'Das Zertifikat beginnt erst in der Zukunft. Entweder wurde es vor seinem ersten Tag eingerichtet, oder die Uhr dieses Rechners geht nach. Das Zweite kommt auf Rechnern ohne Zeitabgleich vor.',
    knows:
      'Der Beginn des Zertifikats liegt nach der Zeit dieses Rechners: beobachtet. Die Uhr als Ursache ist wahrscheinlich, wenn Server eine andere Zeit melden; dann wird die Uhr genannt.',
  },
  'tls-certificate-revoked': {
    meaning:
      'Die Stelle, die das Zertifikat ausgestellt hat, hat es vor seinem Ende zurückgezogen, zum Beispiel weil der private Schlüssel abhandenkam oder es versehentlich ausgestellt wurde. Ein solches Zertifikat beweist nichts mehr, auch wenn seine Daten stimmen. Es muss ersetzt werden; keine Einstellung macht es wieder gut.',
    knows:
      'Die Prüfung des Zertifikats endete mit dem Ergebnis „gesperrt“: beobachtet. Nicht bei jeder Verbindung wird auf Sperrung geprüft; fehlt der Befund, ist das kein Beweis des Gegenteils.',
  },
  'tls-name-mismatch': {
    meaning:
      'Der Host zeigt ein Zertifikat, das auf andere Namen ausgestellt ist. Entweder verwendet die URL einen Namen, der bei der Bestellung vergessen wurde, oder es antwortet ein anderer Server, etwa das Webhosting der Firma unter der bloßen Domäne. Bei einem Kandidaten von Autodiscover ist das üblich: Exchange ist dann eben nicht dort, und der Befund ist nur ein Hinweis.',
    knows:
      'Der verlangte Name steht nicht unter den Namen des Zertifikats: beobachtet. Ob der richtige Server das falsche Zertifikat hat oder ein falscher Server antwortet, verraten meist die Namen darin.',
  },
  'tls-inspection': {
    meaning:
      'Ein Gerät auf dem Weg öffnet die verschlüsselte Verbindung, sieht hinein und verschließt sie mit einem eigenen Zertifikat wieder. Firewalls und Webfilter in Firmen tun das. Vertraut dieser Rechner der Stelle des Geräts, kommt die Verbindung dennoch zustande, sonst ist der Aussteller unbekannt; in beiden Fällen gilt: NTLM mit Erweitertem Schutz kann so nicht gelingen, weil Client und Server verschiedene Zertifikate sehen.',
    knows:
      'Der Aussteller nennt einen bekannten Hersteller solcher Geräte, oder ein Host von Microsoft zeigt ein Zertifikat, das nicht von einer öffentlichen Stelle stammt. Mehr als wahrscheinlich ist das nicht: Der Beleg ist ein Name, und eine private Stelle kann beliebig heißen. Derselbe Aussteller bei Hosts, die nichts miteinander zu tun haben, würde es erhärten.',
  },
  'tls-issuer-unknown': {
    meaning:
      'Das Zertifikat kann in Ordnung sein, aber dieser Rechner kennt die Stelle nicht, die dafür bürgt. Es ist selbst signiert, stammt von einer firmeneigenen Zertifizierungsstelle, oder der Server sendet das Zwischenzertifikat nicht mit, das zu einer öffentlichen führt. Dass ein Browser dieselbe Adresse ohne Warnung öffnet, beweist wenig, denn er kann andere Stellen kennen als dieses Programm.',
    knows:
      'Die Prüfung endete mit dem Code für einen unbekannten Aussteller, ein selbst signiertes Zertifikat oder ein fehlendes Zwischenzertifikat: beobachtet. Nach Zeichen einer Inspektion unterwegs wurde gesucht; mit ihnen hieße der Befund so.',
  },
  'tls-certificate-differs-behind-balancer': {
    meaning:
      'Ein Load Balancer oder Reverse-Proxy vor Exchange kann TLS öffnen und ein eigenes Zertifikat zeigen, während IIS ein anderes hat. Zum Lesen von Webseiten ist das gleichgültig. Der Erweiterte Schutz bindet eine Anmeldung aber an das Zertifikat, das der Client gesehen hat: Hat IIS ein anderes, lehnt es die Anmeldung ab, und es sieht aus wie ein falsches Passwort.',
    knows:
      'Der Administrator gibt den Fingerabdruck an, den der Server hat, und das Programm vergleicht ihn mit dem des gezeigten Zertifikats. Dass sie sich unterscheiden, ist beobachtet; welches von beiden am falschen Ort liegt, sagt das nicht. Ohne Fingerabdruck wird nichts verglichen: Das Zertifikat in IIS ist von außen nicht zu sehen.',
    commands: ['Get-ExchangeCertificate | fl Thumbprint,Subject,Services,NotAfter'],
  },

  'proxy-login-required': {
    meaning:
      'Zwischen diesem Rechner und dem Server steht ein Proxy, der eine eigene Anmeldung verlangt, bevor er etwas durchlässt. Exchange wurde nicht erreicht, das Passwort dafür spielt hier keine Rolle. Browser melden sich an solchen Proxys oft unbemerkt mit dem Konto des Systems an; Programme können das nicht immer.',
    knows:
      'Der Status 407 ist das eigene Wort des Proxys dafür, entweder auf die Anfrage selbst oder auf den Versuch, sich durch ihn zu verbinden: beobachtet.',
  },
  'proxy-unreachable': {
    meaning:
      'Ein Proxy ist eingestellt und nicht erreichbar: Sein Name lässt sich nicht auflösen, er lehnt ab, antwortet nicht oder bricht ab. Meist stimmt die Einstellung für ein anderes Netz, etwa der Proxy der Firma, während Sie zu Hause sind. Der Server dahinter wurde gar nicht gefragt.',
    knows:
      'Die Verbindung zum Proxy scheiterte, bevor eine Anfrage möglich war: beobachtet. Über den Server dahinter folgt daraus nichts.',
  },
  'captive-portal': {
    meaning:
      'Gastnetze in Hotels, Zügen und Firmen zeigen jedem Neuen eine eigene Seite, bis er sich angemeldet hat; manche Webfilter tun dasselbe bei Hosts, die sie sperren. Was auch gefragt wird, diese Seite antwortet, sogar mit einem guten Status. Ein Programm, das sie für die Antwort des Servers hält, schließt daraus Falsches über Autodiscover, die URL oder das Passwort.',
    knows:
      'Mindestens zwei Hosts verschiedener Inhaber gaben genau dieselbe HTML-Seite oder leiteten zu genau derselben fremden um, und keine der Antworten trug ein Kennzeichen von Exchange. Das ist wahrscheinlich, nicht sicher: Ein gemeinsamer Hosting-Dienst kann für mehrere Namen eine Seite zeigen. Ein Host allein genügt nie.',
  },
  'proxy-not-used': {
    meaning:
      'In vielen Netzen führt nur ein Proxy nach draußen; in anderen ist eine Proxyeinstellung geblieben, obwohl es den Proxy nicht mehr gibt. Beides sieht aus wie ein Server, der nicht zu erreichen ist. Nach einem Lauf, in dem keine Verbindung zustande kam, versucht das Programm deshalb den Weg, den es nicht verwendet hat: den Proxy, den die Umgebung nennt, oder den direkten.',
    knows:
      'Genau eine Verbindung über den anderen Weg: Sie stand, und dem Zertifikat des Hosts wurde vertraut. Gesendet wurde darüber nichts, keine Anfrage und keine Anmeldung; auch eine Anmeldung am Proxy selbst blieb weg. Dass dies die Ursache ist, ist wahrscheinlich: Der Host kann auch zwischen den beiden Versuchen wieder da gewesen sein. Nennt die Umgebung keinen Proxy, oder hat jemand den Host namentlich ausgenommen, gibt es keinen anderen Weg, und es wird nichts versucht.',
  },
  'gateway-answered': {
    meaning:
      'Die Antwort stammt nicht von Exchange, sondern von etwas davor: einer Web Application Firewall, einem Reverse Proxy, einem Load Balancer. Solche Geräte antworten mit eigenem Status, wenn eine Regel die Anfrage verbietet oder der Server dahinter fehlt. Der Grund steht daher in deren Protokoll, nicht in dem von Exchange.',
    knows:
      'Exchange kennzeichnet seine Antworten mit Headern wie X-FEServer, X-OWA-Version oder X-DiagInfo. Hier fehlen sie, oder der Header Via nennt eine Zwischenstation. Mehr als wahrscheinlich ist das nicht, denn ein Server kann seine Header auch verbergen. Eine request-id allein zählt als halber Nachweis von Exchange.',
  },
  'token-endpoint-redirected': {
    meaning:
      'Die Anforderung eines Tokens muss so ankommen, wie sie gesendet wurde, nämlich als POST. Etwas auf dem Weg hat mit einer Umleitung geantwortet oder ein GET daraus gemacht, und das nimmt der Anmeldedienst nicht an. Das tun Proxys, Anmeldeportale von Netzen und Umschreiberegeln. Das Programm folgt einer solchen Umleitung nicht, denn sie würde den Clientschlüssel an eine andere Stelle tragen.',
    knows:
      'Auf die Anforderung kam der Status 3xx oder 405, oder Entra ID selbst meldete AADSTS900561: beobachtet. Welches Gerät es war, verraten vielleicht die Header der Antwort.',
  },

  'clock-skew': {
    meaning:
      'Tokens und Zertifikate gelten von einem Zeitpunkt bis zu einem anderen, und Kerberos nimmt nur Anfragen an, deren Zeit ungefähr stimmt. Geht eine Uhr um mehr als fünf Minuten falsch, wirken gute Tokens abgelaufen oder verfrüht, und Anmeldungen scheitern ohne erkennbaren Grund. Der Unterschied allein sagt nicht, welche Uhr falsch geht.',
    knows:
      'Jede Antwort über https trägt im Header Date die Zeit des Servers; sie wird mit der Uhr hier verglichen. Stimmen zwei Hosts überein, ist es beobachtet, bei einem einzigen nur wahrscheinlich, weil dann auch dessen Uhr falsch gehen kann. Ein weiterer Host ohne Abweichung spricht dagegen.',
    commands: ['w32tm /resync'],
  },
  'token-not-yet-valid': {
    meaning:
      'Jedes Token gilt ab einem bestimmten Zeitpunkt. Der Server hat auf seine eigene Uhr gesehen und festgestellt, dass dieser noch nicht erreicht ist. Das Token ist gut; die Uhr des Exchange Servers geht gegenüber der des Anmeldedienstes nach. Ein falscher Clientschlüssel scheidet aus, denn dann gäbe es kein Token.',
    knows:
      'Der Server hat das Token mit 401 abgelehnt, und die Angabe nbf im Token liegt nach der Zeit in seinem eigenen Header Date: beobachtet. Die Angaben werden ohne Prüfung der Signatur gelesen; für einen Vergleich von Zeiten genügt das.',
    commands: ['w32tm /resync'],
  },

  'works-in-browser-only': {
    meaning:
      'Browser bringen mehr mit als ein Programm ohne Fenster: die Proxyeinstellungen des Betriebssystems mit ihren Skripten, Zertifizierungsstellen und Clientzertifikate der Plattform, Zertifikate, die sie holen, wenn ein Server sie nicht mitsendet, und früher gemachte Anmeldungen. So kommt es, dass dieselbe Adresse sich dort öffnet und hier nicht, und beide haben recht.',
    knows:
      'Jemand hat es gesagt, oder eine Verbindung über den Weg, den das Betriebssystem anbietet, stand, wo die dieses Programms scheiterte. Was genau den Unterschied macht, ist von hier nicht zu sehen; es ist also möglich und nicht mehr. Der Befund steht neben dem, was das Programm selbst beobachtet hat, und ersetzt es nie.',
    commands: ['netsh winhttp show proxy'],
  },
}
