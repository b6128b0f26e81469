/** German help on findings about tenant, application and token. */
import type { HelpWords } from './help.ts'
import type { identityHelp as english } from './help.identity.en.ts'

export const identityHelp: Readonly<Record<keyof typeof english, HelpWords>> = {
  'client-secret-wrong': {
    meaning:
      'Entra ID kennt die Anwendung, aber keiner ihrer geheimen Clientschlüssel ist der gesendete. Meist wurde er beim Kopieren abgeschnitten, hat am Ende ein Leerzeichen oder gehört zu einer anderen Anwendung. Wird ein Schlüssel in einer Befehlszeile übergeben, kann die Shell Zeichen wie „$“ oder „!“ verschluckt haben. Für einen abgelaufenen Schlüssel gäbe es einen anderen Code.',
    knows:
      'Entra ID beantwortet die Anforderung des Tokens mit AADSTS7000215, und der eingegebene Schlüssel hat nicht die Form einer GUID: beobachtet. Hätte er sie, hieße der Befund, dass die geheime ID statt des Werts eingegeben wurde.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Zertifikate & Geheimnisse → Neuer geheimer Clientschlüssel',
    ],
  },
  'client-secret-expired': {
    meaning:
      'Ein Clientschlüssel gilt nur für begrenzte Zeit, üblich sind 6 bis 24 Monate. Dieser war richtig und ist abgelaufen. Sonst ist nichts defekt: Mit einem neuen Schlüssel funktionieren dieselbe Anwendung und ihre Berechtigungen weiter. Wenn Sie das Ablaufdatum des neuen im Dialog eingeben, erinnert das Programm 30 Tage vorher daran.',
    knows:
      'Entra ID beantwortet die Anforderung des Tokens mit AADSTS7000222: beobachtet. Ein falscher Schlüssel bekäme einen anderen Code; es ist also sicher, dass dieser zur Anwendung gehörte.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Zertifikate & Geheimnisse → Neuer geheimer Clientschlüssel',
    ],
  },
  'application-not-in-tenant': {
    meaning:
      'Der gefragte Mandant kennt keine Anwendung mit dieser ID. Entweder ist es eine andere ID, etwa eine Objekt-ID, oder die Anwendung liegt in einem anderen Mandanten als dem eingegebenen, oder in diesem Mandanten hat ihr noch niemand zugestimmt. Wer beide IDs von derselben Übersichtsseite kopiert, schließt die ersten beiden Gründe aus.',
    knows:
      'Entra ID antwortet mit AADSTS700016 oder AADSTS700011: beobachtet. Welche der beiden IDs die falsche ist, sagt der Code nicht; zum Vergleich nennt der Befund den Mandanten, den Entra ID der Maildomäne zuordnet. Weicht er vom eingegebenen ab, sehen Sie zuerst dort nach.',
    commands: ['Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Übersicht'],
  },
  'tenant-not-found': {
    meaning:
      'Der Anmeldedienst hat keinen Mandanten mit dieser ID oder Domäne. Ein Grund ist ein Schreibfehler, ein anderer, dass der Mandant in einer anderen Microsoft-Cloud liegt, etwa der für US-Behörden oder der in China; diese haben eigene Anmeldedienste. Möglich ist auch ein Mandant ganz ohne Abonnement.',
    knows:
      'Entra ID antwortet mit AADSTS90002 oder kennt zu diesem Mandanten keine OpenID-Konfiguration, nach der anonym gefragt wird: beobachtet. Gelingt dieselbe Frage bei einer anderen Cloud, heißt der Befund, dass die falsche Cloud gewählt ist.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Übersicht → Verzeichnis-ID (Mandant)',
    ],
  },
  'wrong-cloud': {
    meaning:
      'Microsoft betreibt mehrere Clouds, die ihre Mandanten gegenseitig nicht kennen: die weltweite, die für US-Behörden, die in China und souveräne in Europa. Nach dem Mandanten wurde in der einen gefragt, und er liegt in einer anderen. Anmeldedienst, Bereich (Scope) und EWS-Host ergeben sich alle aus dieser Wahl; mit der einen Einstellung ist also alles berichtigt.',
    knows:
      'Entra ID sagt es mit AADSTS90038, 900382 oder 900432, oder der Mandant fand sich bei einer anonymen Frage am Anmeldedienst einer anderen Cloud: beobachtet. Für die souveränen Clouds in Frankreich und Deutschland ist der Bereich für EWS nicht bestätigt.',
  },
  'enterprise-application-missing': {
    meaning:
      'Eine Anwendung besteht aus zwei Teilen: der Registrierung, die sie beschreibt, und einer Unternehmensanwendung in jedem Mandanten, der sie verwendet. Hier fehlt der zweite Teil. Das kommt bei Anwendungen aus anderen Mandanten vor, denen niemand zugestimmt hat, oder nachdem jemand den Eintrag gelöscht hat. Die Administratorzustimmung legt ihn neu an.',
    knows:
      'Entra ID antwortet mit AADSTS7000229: beobachtet. Ob der Eintrag gelöscht wurde oder nie vorhanden war, geht aus der Antwort nicht hervor.',
    commands: ['Microsoft Entra Admin Center → Unternehmensanwendungen'],
  },
  'application-disabled': {
    meaning:
      'Die Unternehmensanwendung gibt es, aber jemand hat sie ausgeschaltet, oder Microsoft selbst. Solange das so ist, stellt Entra ID für sie kein Token aus, gleich mit welchem Schlüssel. Der Schalter betrifft die Anmeldung der Anwendung im Ganzen, nicht einen einzelnen Benutzer.',
    knows:
      'Entra ID antwortet mit AADSTS7000112 oder AADSTS70001: beobachtet. Den zweiten Code gibt es auch, wenn eine Anwendung nicht gefunden wird; vergleichen Sie deshalb auch die Anwendungs-ID.',
    commands: [
      'Microsoft Entra Admin Center → Unternehmensanwendungen → Ihre Anwendung → Eigenschaften → Aktiviert für die Benutzeranmeldung?',
    ],
  },
  'scope-wrong': {
    meaning:
      'Der Bereich (Scope) sagt, für welchen Dienst ein Token gewünscht ist. Eine Anwendung, die sich selbst anmeldet, verlangt den Dienst als Ganzes, geschrieben als dessen Adresse mit „/.default“; eine einzelne Berechtigung wie EWS.AccessAsUser.All ist für Benutzer gedacht und wird hier abgelehnt. Dieses Programm bildet den Bereich aus der gewählten Cloud; prüfen Sie also zuerst, ob sie stimmt.',
    knows:
      'Entra ID antwortet mit AADSTS70011, 1002012 oder 28002: beobachtet. Der Befund zeigt den gesendeten Bereich.',
  },
  'exchange-resource-missing': {
    meaning:
      'In jedem Mandanten mit Exchange Online gibt es einen Eintrag für diesen Dienst. Hier findet Entra ID ihn nicht, also gibt es nichts, wofür sich ein Token ausstellen ließe. Entweder hat der Mandant keine Lizenzen mit Exchange Online, oder gemeint war ein anderer Mandant oder eine andere Cloud.',
    knows:
      'Entra ID antwortet mit AADSTS500011, 650052 oder 50001: beobachtet. Welcher der drei Gründe zutrifft, sagt der Code nicht.',
  },
  'admin-consent-missing': {
    meaning:
      'Eine Berechtigung gilt erst, wenn ein Administrator ihr für den ganzen Mandanten zugestimmt hat. Zuerst wird sie der Registrierung hinzugefügt, das allein bewirkt noch nichts; die Zustimmung ist ein zweiter Klick. Für EWS muss es die Berechtigung von „Office 365 Exchange Online“ sein; die von Microsoft Graph, etwa Mail.Read, nützen hier nichts.',
    knows:
      'Entra ID verweigert das Token mit AADSTS65001, 650056, 65005 oder 650057: beobachtet. Oft zeigt sich eine fehlende Berechtigung erst später: Dann wird ein Token ohne sie ausgestellt, und EWS antwortet 403.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → API-Berechtigungen → Von meiner Organisation verwendete APIs → Office 365 Exchange Online → Anwendungsberechtigungen → full_access_as_app',
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → API-Berechtigungen → Administratorzustimmung erteilen',
    ],
  },
  'client-certificate-refused': {
    meaning:
      'Statt mit einem Clientschlüssel kann sich eine Anwendung mit einem Zertifikat ausweisen: Sie signiert ihre Anforderung, und Entra ID prüft die Signatur mit dem hochgeladenen öffentlichen Schlüssel. Diese Prüfung ist gescheitert. Das Zertifikat wurde nicht hochgeladen, ist ein anderes als erwartet oder ist abgelaufen.',
    knows:
      'Entra ID antwortet mit AADSTS700027 oder AADSTS50012: beobachtet. Der zweite Code steht allgemein für eine gescheiterte Authentifizierung; vergleichen Sie den Fingerabdruck des Zertifikats mit dem im Portal.',
    commands: ['Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Zertifikate & Geheimnisse'],
  },
  'conditional-access-blocks-application': {
    meaning:
      'IDs und Clientschlüssel stimmen. Eine Richtlinie für Bedingten Zugriff, die auch für Anwendungen gilt, etwa nach Standort oder Risiko, lässt diese Anmeldung nicht zu. Mit Exchange hat das nichts zu tun, und ein anderer Schlüssel hilft nicht. Welche Richtlinie es ist, steht im Anmeldeprotokoll.',
    knows:
      'Entra ID beantwortet die Anforderung der Anwendung mit AADSTS53003: beobachtet. Die Richtlinie nennt die Antwort nicht; Korrelations-ID und Zeit führen zum Eintrag im Protokoll.',
    commands: ['Microsoft Entra Admin Center → Anmeldeprotokolle → Dienstprinzipalanmeldungen → Bedingter Zugriff'],
  },
  'token-requests-throttled': {
    meaning:
      'Der Anmeldedienst wurde öfter nach Tokens gefragt, als er zulässt, und verweigert für eine Weile. Ein Token für EWS gilt etwa eine Stunde und sollte so lange aufgehoben werden; ein Programm, das für jeden Aufruf ein neues holt, führt genau hierhin. Es kann ein anderes Programm sein, das dieselbe Anwendung verwendet.',
    knows:
      'Entra ID antwortet mit AADSTS50196 oder AADSTS90055 oder mit dem Status 429: beobachtet. In diesem Lauf wurde nicht noch einmal gefragt. Über Clientschlüssel und Berechtigungen sagt das nichts.',
  },
  'login-service-unavailable': {
    meaning:
      'Der Anmeldedienst hat geantwortet, aber eine eigene Störung gemeldet. Das liegt bei Microsoft und ist meist nach Minuten vorbei. Für Mandant, Anwendung und Clientschlüssel folgt daraus nichts, denn über sie wurde nicht entschieden.',
    knows:
      'Die Antwort ist AADSTS90033, der Fehler „temporarily_unavailable“ oder ein Status ab 500 mit den eigenen Headern des Anmeldedienstes: beobachtet. Ein Status ab 500 ohne diese Header käme von etwas auf dem Weg.',
  },
  'public-client-cannot-have-secret': {
    meaning:
      'Die ID gehört zu einer Anwendung, die als öffentlicher Client registriert ist, etwa für Telefone oder Desktops. Solche Programme können nichts geheim halten, darum nimmt Entra ID von ihnen keinen Clientschlüssel an. Für eine Anmeldung ohne Menschen braucht es eine vertrauliche Anwendung.',
    knows:
      'Entra ID antwortet mit AADSTS700025: beobachtet. Es kann auch bedeuten, dass die ID einer fremden Anwendung eingegeben wurde.',
    commands: ['Microsoft Entra Admin Center → App-Registrierungen → Neue Registrierung'],
  },
  'tenant-restricted-by-network': {
    meaning:
      'Das Netz der Firma oder eine Richtlinie zwischen Mandanten lässt Anmeldungen nur an bestimmten Mandanten zu, und dieser gehört nicht dazu. Bei Mandanteneinschränkungen fügt ein Proxy jeder Anmeldung eine Liste hinzu, an die sich Entra ID hält. Aus einem anderen Netz kann dieselbe Anmeldung gelingen.',
    knows:
      'Entra ID antwortet mit AADSTS500021, 500022, 500212 oder 500213, oder EWS lehnt mit dem Code 2000020 ab: beobachtet. Über die Anmeldedaten wurde nicht entschieden. Ob der Proxy oder eine Richtlinie des Mandanten dahintersteht, weiß die Netzwerkverwaltung.',
  },
  'interactive-login-required': {
    meaning:
      'Eine Richtlinie des Mandanten verlangt mehr als Benutzername und Passwort: einen zweiten Faktor, die Registrierung dafür oder ein bekanntes Gerät. Ein Programm, das nur ein Passwort übergibt, kann diesen Schritt nicht gehen; am Passwort liegt es nicht. Microsoft sieht für Programme eine Anwendung mit eigenem Clientschlüssel vor.',
    knows:
      'Entra ID beantwortet eine Anmeldung mit Passwort mit einem der Codes AADSTS50072, 50074, 50076, 50078, 50079, 50158, 530032 oder 530035: beobachtet. Keiner davon sagt, dass das Passwort falsch ist.',
  },
  'public-client-flow-not-allowed': {
    meaning:
      'Eine Anwendung kann sich mit Benutzername und Passwort einer Person ein Token holen, ohne selbst ein Geheimnis zu haben. Entra ID erlaubt das nur, wenn die App-Registrierung öffentliche Clientflows zulässt; sonst verlangt es einen Clientschlüssel. Dieses Programm meldet sich so nicht an, andere Programme tun es, etwa der Connector einer Fachanwendung.',
    knows:
      'Entra ID antwortet auf eine solche Anmeldung mit AADSTS7000218, obwohl kein Clientschlüssel vorgesehen ist: beobachtet. Aus einer eingefügten Antwort allein geht nicht hervor, welche Anmeldung es war; dann ist der Befund nur möglich und steht neben dem fehlenden Clientschlüssel.',
    commands: ['App-Registrierungen → <Anwendung> → Authentifizierung → Öffentliche Clientflows zulassen'],
  },
  'entra-code-unknown': {
    meaning:
      'Entra ID hat das Token verweigert und einen Code genannt, für den dieses Programm noch keine Erklärung hat. Microsoft ergänzt Codes und ändert Texte, damit ist gelegentlich zu rechnen. Der Text der Antwort wird gezeigt, wie er kam; aus seinem Wortlaut wird nichts geschlossen.',
    knows:
      'Die Antwort ist ein Fehler in der Form des Anmeldedienstes, und keine Regel kennt ihre Codes. Dass er abgelehnt hat, ist beobachtet; eine Ursache wird nicht behauptet. Die Korrelations-ID führt zum Eintrag im Anmeldeprotokoll, der oft mehr sagt.',
    commands: [
      'https://login.microsoftonline.com/error?code=<Nummer>',
      'Microsoft Entra Admin Center → Anmeldeprotokolle',
    ],
  },
  'answer-not-from-entra': {
    meaning:
      'Anstelle des Anmeldedienstes hat etwas anderes geantwortet: eine Anmeldeseite des Netzes, ein Webfilter, ein Proxy mit einer eigenen Meldung. Womöglich ist die Anforderung bei Microsoft gar nicht angekommen. Im Browser kann dasselbe Netz unauffällig wirken, weil dort ein Mensch die Seite zu sehen bekommt.',
    knows:
      'Die Antwort ist kein JSON des Token-Endpunkts, und ihr fehlt der Header x-ms-request-id, an dem man den Anmeldedienst erkennt. Das macht es wahrscheinlich; eine Störung am Eingang von Microsoft selbst könnte theoretisch auch so aussehen.',
  },

  'token-audience-wrong': {
    meaning:
      'Jedes Token sagt, für welchen Dienst es bestimmt ist. Dieses ist für einen anderen bestimmt als das gefragte Exchange; ein Token für Microsoft Graph etwa gilt bei EWS nichts. Dazu führen Bereiche (Scopes) zweier Dienste in einer Anforderung oder der Bereich einer anderen Cloud. Ein eigener Server mit moderner Hybridauthentifizierung erwartet seine eigene externe https-Adresse, die in Entra ID registriert sein muss.',
    knows:
      'Entweder sagt es der Server in x-ms-diagnostics mit dem Code 2000003 oder der Kategorie „invalid_resource“, oder die Angabe aud im Token ist keine von denen, die Exchange in dieser Cloud annimmt: beobachtet. Die Angaben werden ohne Prüfung der Signatur gelesen. Nimmt EWS das Token trotzdem an, bleibt es eine Warnung.',
  },
  'token-tenant-wrong': {
    meaning:
      'Das Token stammt von einem Mandanten, und der Server vertraut einem anderen. Bei einem eigenen Exchange Server in einer Hybridorganisation heißt das, dass eine andere Verzeichnis-ID eingegeben wurde als die, mit der der Server verbunden ist. Ein anderer Clientschlüssel oder mehr Berechtigungen helfen nicht.',
    knows:
      'Der Server sagt es mit dem Code 2000004 oder der Kategorie „invalid_tenant“, oder der Mandant im Token ist ein anderer als der, den der Server in trusted_issuers hinter „@“ nennt: beobachtet. Exchange Online nennt dort „@*“; das steht für jeden Mandanten und beweist nichts.',
  },
  'token-without-roles': {
    meaning:
      'Das Token enthält weder Anwendungsberechtigungen (roles) noch delegierte (scp). Dafür gibt es zwei Erklärungen. Bei RBAC für Anwendungen führt Exchange die Berechtigung selbst, und das Token bleibt leer: Alles ist in Ordnung. Andernfalls fehlt die Berechtigung full_access_as_app oder die Zustimmung dazu. Am Token allein lässt sich das nicht unterscheiden.',
    knows:
      'Das Token wurde gelesen, und die Angaben sind nicht darin: Ihr Fehlen ist beobachtet. Mehr als eine Warnung ist das nie; es entscheidet, was EWS antwortet. Ein 403 mit dem Code 2000008 spricht für die fehlende Berechtigung, ein gelungener Aufruf für RBAC.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → API-Berechtigungen',
      'New-ManagementRoleAssignment -App <Anwendungs-ID> -Role "Application EWS.AccessAsApp"',
      'Test-ServicePrincipalAuthorization',
    ],
  },
  'token-is-delegated': {
    meaning:
      'Das Token spricht für einen Menschen: Es enthält delegierte Berechtigungen wie EWS.AccessAsUser.All. Damit lassen sich nur die Postfächer dieser Person öffnen. Für eine Verbindung, die allen Benutzern dient, braucht es ein Token der Anwendung selbst mit der Berechtigung full_access_as_app.',
    knows:
      'Das gelesene Token hat die Angabe scp und keine roles: beobachtet. Die Angaben werden ohne Prüfung der Signatur gelesen; nimmt EWS das Token an, bleibt es eine Warnung.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → API-Berechtigungen → Anwendungsberechtigungen → full_access_as_app',
    ],
  },
  'token-expired': {
    meaning:
      'Tokens dieser Art gelten etwa eine Stunde. Der Server hat auf seine eigene Uhr gesehen und festgestellt, dass dieses abgelaufen ist. Entweder wurde ein altes Token noch einmal verwendet, oder die Uhren weichen so weit ab, dass auch ein frisches abgelaufen wirkt.',
    knows:
      'Der Server hat mit 401 abgelehnt, und die Angabe exp im Token liegt vor der Zeit in seinem eigenen Header Date: beobachtet. Wird ein Unterschied zwischen den Uhren festgestellt, heißt der Befund so.',
  },
}
