/** German help on findings about Autodiscover. */
import type { HelpWords } from './help.ts'
import type { discoveryHelp as english } from './help.discovery.en.ts'

export const discoveryHelp: Readonly<Record<keyof typeof english, HelpWords>> = {
  'root-website-wants-login': {
    meaning:
      'Nach Autodiscover wird auch unter der bloßen Maildomäne gesucht, und dort haben die meisten Firmen ihre Website. Diese verlangt eine eigene Anmeldung und ist kein Exchange. Bei einem solchen 401 geht es um ein anderes Passwort für etwas anderes; viele Programme halten ihn für „Passwort abgelehnt“ oder geben das Exchange-Passwort dort aus.',
    knows:
      'Der Antwort 401 dieses Hosts fehlen alle Header von Exchange, und Exchange fand sich anderswo, oder sonst hat nichts eine Anmeldung verlangt. Mehr als wahrscheinlich ist das nicht: Ein Server, der seine Header verbirgt, könnte dahinterstehen. Ein Passwort wurde nicht dorthin gesendet.',
  },
  'autodiscover-not-published': {
    meaning:
      'Alle Stellen, an denen die AutoErmittlung (Autodiscover) üblicherweise liegt, wurden gefragt, und keine ist ein Exchange, das für diese Domäne antwortet. Häufig wurde der DNS-Eintrag nie angelegt, oder der Dienst ist nur in der Firma veröffentlicht. Eine abgelehnte Anmeldung ist das nicht: Ein Server, der ablehnt, ist da. Mit einer von Hand eingegebenen EWS-URL kann alles Weitere funktionieren.',
    knows:
      'Jeder Kandidat endete ohne Verbindung oder mit einer Antwort, die sicher nicht von Autodiscover ist: beobachtet. War eine Antwort unlesbar oder meldete der Server einen Fehler, ist es nur wahrscheinlich. Schon ein Kandidat, der sich als Exchange zeigt und eine Anmeldung verlangt, schließt den Befund aus. Die Suche in Active Directory (SCP) geht nur auf Rechnern der Domäne und gilt nicht als erledigt.',
  },
  'autodiscover-needs-login': {
    meaning:
      'Autodiscover wurde gefunden, und es ist Exchange. Ohne Anmeldung sagt es nicht, wo EWS für diese Adresse liegt. Neuere Server beantworten einen Teil davon anonym; dieser nicht, oder nicht für diese Adresse. Mit der Suche ist also alles in Ordnung, es fehlt nur eine Anmeldung.',
    knows:
      'Die Antwort ist 401 mit den Headern von Exchange, verwendbare Anmeldedaten waren nicht angegeben, und die anonymen Wege ergaben keine URL: beobachtet. Über ein Passwort sagt das nichts, denn es wurde keines gesendet.',
  },
  'address-unknown-at-autodiscover': {
    meaning:
      'Autodiscover ist da und funktioniert, aber diese Organisation kennt die Adresse nicht. Entweder ist sie verschrieben, oder ihr Postfach gehört zu einer anderen Organisation, etwa zur anderen Seite einer Hybridorganisation. Um die Anmeldung geht es dabei nicht.',
    knows:
      'Der Server nennt in XML den Code 500 oder in SOAP einen Code wie InvalidUser oder InvalidDomain: beobachtet. Der anonyme Dienst der Cloud zählt für sich allein nicht, denn er kann auch für Adressen antworten, die dort nicht liegen.',
  },
  'autodiscover-misconfigured': {
    meaning:
      'Der Dienst Autodiscover läuft und hat die Frage verstanden, aber aus seiner Konfiguration ergeben sich keine brauchbaren Einstellungen. Häufig fehlen die URLs des virtuellen Verzeichnisses EWS oder sie sind falsch, oder die Konfiguration von Autodiscover ist beschädigt. Adresse und Anmeldung waren hier nicht das Problem.',
    knows:
      'Der Server nennt selbst einen der Codes 501, 601, 602 oder 603 in XML oder InternalServerError oder SettingIsNotAvailable in SOAP: beobachtet. Was genau nicht stimmt, muss auf dem Server nachgesehen werden.',
    commands: ['Get-WebServicesVirtualDirectory | fl Identity,InternalUrl,ExternalUrl'],
  },
  'autodiscover-request-refused': {
    meaning:
      'Autodiscover hat die Anmeldung angenommen und dann gesagt, was ankam, sei keine Anfrage, die es versteht. Die Frage hat immer dieselbe Form, und jedes Exchange nimmt sie. Wahrscheinlich hat also etwas auf dem Weg sie verändert: ein Gateway, das den Inhalt verliert, oder eine Umleitung, die aus dem POST ein GET macht. Ein Browser, der die Adresse öffnet, bekommt denselben Code, weil er keine Frage sendet; dort ist er nur ein Lebenszeichen.',
    knows:
      'Der Server selbst gibt den Code 600 in XML, InvalidRequest oder InvalidSetting in SOAP oder einen SOAP-Fehler: Dass er abgelehnt hat, ist beobachtet. Wer die Frage verändert hat, oder ob der Dienst selbst beschädigt ist, sagt der Code nicht.',
  },
  'autodiscover-without-ews-url': {
    meaning:
      'Autodiscover hat Einstellungen für die Adresse geliefert, aber die URL von EWS ist nicht dabei. Meist wurde die externe URL des virtuellen Verzeichnisses EWS nie gesetzt, oder ein Zugriff von außen ist nicht vorgesehen. Manche Server nennen nur die URL des Verfügbarkeitsdienstes; auch sie wird genommen, denn in der Regel ist es dieselbe.',
    knows:
      'Die Einstellungen wurden vollständig gelesen, und in keinem Abschnitt steht eine URL von EWS oder vom Verfügbarkeitsdienst: beobachtet. Kennen Sie die URL, geben Sie sie von Hand ein; dass sie hier fehlt, heißt nicht, dass EWS ausgeschaltet ist.',
    commands: [
      'Get-WebServicesVirtualDirectory | fl Identity,InternalUrl,ExternalUrl',
      'Set-WebServicesVirtualDirectory -Identity "<Server>\\EWS (Default Web Site)" -ExternalUrl https://<Host>/EWS/Exchange.asmx',
    ],
  },
  'autodiscover-redirect-loop': {
    meaning:
      'Autodiscover darf die Frage weiterreichen, an eine andere Adresse oder eine andere URL. Hier kam sie an eine Stelle zurück, an der sie schon war, oder wurde mehr als zehnmal weitergereicht. Nach einem Umzug zeigen oft zwei Organisationen aufeinander: Jede hält das Postfach für eines der anderen Seite.',
    knows:
      'Das Programm führt Buch über gefragte Adressen und URLs; eine davon kam zum zweiten Mal, oder die Liste erreichte zehn: beobachtet. Die einzelnen Stationen stehen in den Schritten.',
  },
  'ews-url-internal-only': {
    meaning:
      'Autodiscover hat eine EWS-URL genannt, deren Host es nur im Firmennetz gibt. Von hier aus hat er keine Adresse oder eine private, die nicht antwortet. Meist ist auf dem Server die interne URL gesetzt und die externe leer. Im Firmennetz oder über VPN kann dieselbe URL gut funktionieren.',
    knows:
      'Die URL stammt von Autodiscover; ihr Host hat im DNS keine Adresse oder nur private, die nicht geantwortet haben: beobachtet. Ein Host mit öffentlicher Adresse, der nicht antwortet, wäre eine Sache von Firewall oder Server.',
    commands: [
      'Get-WebServicesVirtualDirectory | fl Identity,InternalUrl,ExternalUrl',
      'Set-WebServicesVirtualDirectory -Identity "<Server>\\EWS (Default Web Site)" -ExternalUrl https://<Host>/EWS/Exchange.asmx',
    ],
  },
  'foreign-redirect-refused': {
    meaning:
      'Eine Umleitung oder ein DNS-Eintrag führte zu einem Host außerhalb der Maildomäne. Bei einem Hosting-Anbieter ist das normal. Wer einen solchen Hinweis unterschieben kann, könnte damit aber auch Anmeldedaten einsammeln: 2021 erhielten Forscher an eigens gekauften Domänen in vier Monaten mehr als 370.000 Anmeldungen, von Programmen, die ungefragt den falschen Host ansprachen. Deshalb bekam dieser Host keine Anmeldedaten; zugestimmt hat ihm bisher niemand.',
    knows:
      'Der Host liegt weder in der Maildomäne noch gehört er zur gewählten Cloud, niemand hat zugestimmt, und es wurde nichts gesendet: beobachtet. Ob es der Anbieter oder ein Angriff ist, kann das Programm nicht wissen. Bei der Entscheidung hilft das Zertifikat, das die Nachfrage zeigt.',
  },
  'host-needs-consent': {
    meaning:
      'Die EWS-URL kam mit einer importierten Datei und zeigt auf einen Host außerhalb der Maildomäne. Auf diesem Rechner hat sie niemand eingegeben, bestätigt oder getestet. Eine Datei von anderswo darf nicht genügen, damit ein Passwort an irgendeinen Host geht; deshalb wartet die Anmeldung auf Ihre Entscheidung.',
    knows:
      'Die Herkunft der URL ist mit ihr gespeichert, und für den Host ist keine Zustimmung vermerkt: beobachtet. Der Server hat nichts abgelehnt; er bekam keine Anmeldedaten.',
  },
  'insecure-url-refused': {
    meaning:
      'Eine Umleitung, ein DNS-Eintrag oder eine Einstellung führt zu einer Adresse ohne Verschlüsselung. Wer auf dem Weg mitliest, könnte dort die Anmeldung sehen; deshalb wird sie nie gesendet, auch nicht ein einziges Mal zur Probe. Solche Einträge stammen oft aus der Zeit vor der Verschlüsselung oder von einem Load Balancer, der sie beendet.',
    knows:
      'Die genannte Adresse beginnt mit http:, oder der DNS-Eintrag nennt den Port 80: beobachtet. Führte ein anderer Weg zur URL, ist es eine Warnung.',
  },
  'hybrid-mailbox-location-unclear': {
    meaning:
      'Exchange Online und ein eigener Server geben beide an, für diese Adresse zuständig zu sein. In einer Hybridorganisation ist das normal: Beide Seiten antworten, das Postfach liegt aber nur auf einer. Auf der falschen Seite kann die Anmeldung gelingen und das Postfach trotzdem fehlen.',
    knows:
      'Zwei Quellen haben zwei URLs geliefert, eine der Cloud und eine eines eigenen Servers: Das ist beobachtet. Auf welcher Seite das Postfach liegt, bleibt nur möglich; darüber entscheidet ein Aufruf, der das Postfach öffnet. Die anonyme Antwort der Cloud zählt nur, wenn auch der MX-Eintrag der Maildomäne zur Cloud zeigt.',
    commands: ['Get-Recipient <Postfach> | fl RecipientTypeDetails,RemoteRoutingAddress'],
  },
  'autodiscover-sources-disagree': {
    meaning:
      'Zwei Quellen von Autodiscover nennen zwei verschiedene EWS-Hosts. Oft ist eine davon ein Überbleibsel: ein alter DNS-Eintrag oder ein abgelöster Server, der noch antwortet. Je nachdem, in welcher Reihenfolge Programme fragen, landen sie beim einen oder beim anderen.',
    knows:
      'Beide Antworten liegen vor, mit verschiedenen Hosts, und sie sind nicht das übliche Paar einer Hybridorganisation: beobachtet. Welche stimmt, kann das Programm nicht wissen; es verwendet die, die sich prüfen ließ.',
    commands: ['Get-WebServicesVirtualDirectory | fl Server,InternalUrl,ExternalUrl'],
  },
  'cloud-answer-alone': {
    meaning:
      'Exchange Online hat eine EWS-URL für alle Postfächer, und sein Autodiscover nennt sie möglicherweise auch für Adressen, die es nicht kennt. Hier spricht sonst nichts dafür: kein MX-Eintrag, kein CNAME von Autodiscover, keine Umleitung, keine OAuth-Angaben. So sieht es aus, wenn ein Mailfilter eines anderen Anbieters vor Exchange Online steht, aber auch, wenn ein eigener Server sein Autodiscover nicht veröffentlicht.',
    knows:
      'Die URL kam vom Autodiscover der Cloud selbst, und keine andere Quelle wies dorthin. Dass die Cloud für unbekannte Adressen antwortet, wird berichtet, ist aber nicht im Einzelnen bestätigt; daher nur möglich.',
  },
  'answer-refused-as-unsafe': {
    meaning:
      'Die Antwort war so gebaut, dass sie einem lesenden Programm schaden könnte: mit XML-Entitäten, viel zu tief verschachtelt oder größer als jede echte Antwort. Sie wurde ungelesen beiseitegelegt. Exchange antwortet nicht so; unter dieser Adresse ist etwas anderes, das defekt oder feindlich ist. Andere Kandidaten betrifft das nicht.',
    knows:
      'Die Grenzen für Größe, Tiefe und Entitäten stehen fest, und die Antwort überschreitet eine davon: beobachtet. Ob Absicht oder Versehen dahintersteckt, lässt sich nicht sagen.',
  },
  'answer-unreadable': {
    meaning:
      'Es kam eine Antwort mit dem Status 200, aber ihr Inhalt ist kein XML oder JSON, wie Exchange es sendet, und auch keine erkennbare Webseite. Das machen Geräte, die Antworten kürzen oder umschreiben, und andere Dienste auf demselben Port.',
    knows:
      'Das Lesen ist gescheitert, das ist beobachtet. Was die Antwort sein soll, bleibt offen; ihr Anfang steht im Beleg.',
  },
}
