/** German words of findings about tenant, application and token. */
import type { FindingWords } from './template.ts'
import type { identityFindings as english } from './findings.identity.en.ts'

export const identityFindings: Readonly<Record<keyof typeof english, FindingWords>> = {
  'client-secret-wrong': {
    title: 'Entra ID nimmt den Clientschlüssel nicht an.',
    explanation:
      'Die Anwendung {clientId} gibt es im Mandanten {tenant}, aber dieser Schlüssel ist keiner von ihren ({code}). Oft wurde er beim Kopieren abgeschnitten oder gehört zu einer anderen Anwendung.',
    remedy: [
      'Öffnen Sie „Zertifikate & Geheimnisse“ der Anwendung {clientId}.',
      'Legen Sie einen neuen geheimen Clientschlüssel an und kopieren Sie die Spalte „Wert“.',
      'Geben Sie ihn ein und testen Sie erneut.',
    ],
  },
  'client-secret-expired': {
    title: 'Der Clientschlüssel ist abgelaufen.',
    explanation: 'Entra ID kennt den Schlüssel der Anwendung {clientId}, aber seine Zeit ist um ({code}).',
    remedy: [
      'Öffnen Sie „Zertifikate & Geheimnisse“ der Anwendung {clientId} und legen Sie einen neuen geheimen Clientschlüssel an.',
      'Kopieren Sie die Spalte „Wert“, geben Sie ihn hier ein und merken Sie das Ablaufdatum vor, damit rechtzeitig erinnert wird.',
    ],
  },
  'application-not-in-tenant': {
    title: 'Der Mandant {tenant} kennt die Anwendung {clientId} nicht.',
    explanation:
      'Anwendungs-ID oder Verzeichnis-ID stammt von anderswo ({code}). Mandant der Maildomäne laut Entra: {tenantOfDomain}.',
    remedy: [
      'Öffnen Sie die Übersicht der App-Registrierung und kopieren Sie beide IDs von derselben Seite.',
      'Nehmen Sie „Anwendungs-ID (Client)“, nicht „Objekt-ID“.',
    ],
  },
  'tenant-not-found': {
    title: 'Entra ID kennt den Mandanten {tenant} nicht.',
    explanation:
      'Beim Anmeldedienst {host} gibt es ihn nicht. Er kann verschrieben sein oder in einer anderen Microsoft-Cloud liegen. Mandant der Maildomäne laut Entra: {tenantOfDomain}.',
    remedy: [
      'Kopieren Sie „Verzeichnis-ID (Mandant)“ aus der Übersicht der App-Registrierung.',
      'Prüfen Sie, ob die richtige Cloud gewählt ist (jetzt: {cloud}).',
    ],
  },
  'wrong-cloud': {
    title: 'Der Mandant {tenant} gehört zu einer anderen Microsoft-Cloud.',
    explanation:
      'Gefragt wurde mit der Einstellung „{cloud}“. Sein Anmeldedienst ist ein anderer. Betroffener Host: {host}.',
    remedy: ['Wählen Sie die Cloud, in der der Mandant liegt, und testen Sie erneut.'],
  },
  'enterprise-application-missing': {
    title: 'Die Anwendung {clientId} ist im Mandanten {tenant} nicht eingerichtet.',
    explanation:
      'Die Registrierung gibt es, aber dem Mandanten fehlt die Unternehmensanwendung dazu ({code}). Das kommt vor, wenn die Zustimmung fehlt oder sie gelöscht wurde.',
    remedy: [
      'Öffnen Sie https://{host}/{tenant}/adminconsent?client_id={clientId} und erteilen Sie die Administratorzustimmung.',
      'Prüfen Sie, ob die Anwendung unter „Unternehmensanwendungen“ erscheint.',
    ],
  },
  'application-disabled': {
    title: 'Die Anwendung {clientId} ist deaktiviert.',
    explanation: 'Entra ID stellt für sie keine Tokens aus ({code}).',
    remedy: [
      'Öffnen Sie „Unternehmensanwendungen“, wählen Sie die Anwendung und dann „Eigenschaften“.',
      'Setzen Sie „Aktiviert für die Benutzeranmeldung?“ auf „Ja“ und speichern Sie.',
    ],
  },
  'scope-wrong': {
    title: 'Entra ID nimmt den angeforderten Bereich (Scope) nicht an.',
    explanation:
      'Entra ID lehnt ihn ab ({code}). Angefordert: {scope}. Für eine Anwendung muss es der Exchange-Host der Cloud mit /.default sein.',
    remedy: ['Prüfen Sie, ob die richtige Cloud gewählt ist (jetzt: {cloud}), und testen Sie erneut.'],
  },
  'exchange-resource-missing': {
    title: 'Der Mandant {tenant} hat kein Exchange Online.',
    explanation:
      'Entra ID findet die Ressource zu {scope} im Mandanten nicht ({code}). Es fehlen Lizenzen mit Exchange Online, oder Mandant oder Cloud sind andere.',
    remedy: ['Prüfen Sie, ob der Mandant Lizenzen mit Exchange Online hat.', 'Prüfen Sie Verzeichnis-ID und Cloud.'],
  },
  'admin-consent-missing': {
    title: 'Für die Anwendung {clientId} fehlt die Administratorzustimmung.',
    explanation:
      'Entra ID verweigert das Token, weil im Mandanten {tenant} Berechtigung oder Zustimmung fehlt ({code}).',
    remedy: [
      'Öffnen Sie „API-Berechtigungen“ der App-Registrierung.',
      'Fügen Sie „Von meiner Organisation verwendete APIs“ → „Office 365 Exchange Online“ → „Anwendungsberechtigungen“ → full_access_as_app hinzu.',
      'Wählen Sie „Administratorzustimmung erteilen“.',
    ],
  },
  'client-certificate-refused': {
    title: 'Entra ID nimmt das Zertifikat der Anwendung nicht an.',
    explanation: 'Die Signatur der Anforderung passt zu keinem Zertifikat der Anwendung {clientId} ({code}).',
    remedy: [
      'Laden Sie den öffentlichen Schlüssel unter „Zertifikate & Geheimnisse“ hoch.',
      'Prüfen Sie Fingerabdruck und Ablauf des Zertifikats.',
    ],
  },
  'conditional-access-blocks-application': {
    title: 'Eine Richtlinie für Bedingten Zugriff sperrt die Anwendung.',
    explanation:
      'IDs und Clientschlüssel wurden angenommen, eine Richtlinie des Mandanten verweigert das Token ({code}). Korrelations-ID: {correlationId}. Zeit: {time}.',
    remedy: [
      'Öffnen Sie „Anmeldeprotokolle“, Bereich „Dienstprinzipalanmeldungen“, und suchen Sie nach der Korrelations-ID {correlationId}.',
      'Die Registerkarte „Bedingter Zugriff“ des Eintrags nennt die Richtlinie.',
      'Nehmen Sie die Anwendung {clientId} davon aus, oder erlauben Sie die Adresse dieses Rechners.',
    ],
  },
  'token-requests-throttled': {
    title: 'Entra ID wurde zu oft nach Tokens gefragt.',
    explanation:
      'Der Anmeldedienst verweigert für eine Weile ({code}). In diesem Lauf wurde nicht noch einmal gefragt.',
    remedy: [
      'Warten Sie einige Minuten und testen Sie erneut.',
      'Prüfen Sie, ob ein anderes Programm mit der Anwendung {clientId} bei jedem Aufruf ein Token holt.',
    ],
  },
  'login-service-unavailable': {
    title: 'Der Anmeldedienst {host} ist derzeit nicht verfügbar.',
    explanation: 'Er antwortete mit Status {status} ({code}). Über die Konfiguration sagt das nichts.',
    remedy: [
      'Warten Sie einige Minuten und testen Sie erneut.',
      'Hält es an, sehen Sie auf der Seite „Dienststatus“ von Microsoft 365 nach.',
    ],
  },
  'public-client-cannot-have-secret': {
    title:
      'Die Anwendung {clientId} ist als öffentlicher Client registriert und kann keinen Clientschlüssel verwenden.',
    explanation: 'Entra ID lehnt von einer solchen Anwendung einen Clientschlüssel ab ({code}).',
    remedy: [
      'Registrieren Sie eine eigene Anwendung mit der Plattform „Web“ oder ohne Plattform, und legen Sie ihren Clientschlüssel an.',
    ],
  },
  'tenant-restricted-by-network': {
    title: 'Eine Netzwerkrichtlinie erlaubt den Zugriff auf den Mandanten {tenant} nicht.',
    explanation:
      'Mandanteneinschränkungen setzt ein Proxy oder eine mandantenübergreifende Richtlinie ({code}). Über die Anmeldedaten wurde nicht entschieden.',
    remedy: ['Nehmen Sie den Mandanten {tenant} in die Mandanten auf, die Proxy oder Richtlinie erlauben.'],
  },
  'interactive-login-required': {
    title: 'Dieses Konto muss sich interaktiv anmelden, etwa mit mehrstufiger Authentifizierung.',
    explanation: 'Eine Richtlinie des Mandanten verlangt einen Schritt, den ein Programm nicht gehen kann ({code}).',
    remedy: ['Verwenden Sie eine Anwendung mit Clientschlüssel (OAuth) statt Benutzername und Passwort.'],
  },
  'public-client-flow-not-allowed': {
    title: 'Die Anwendung {clientId} darf sich nicht mit Benutzername und Passwort anmelden.',
    explanation:
      'Entra ID verlangt einen Clientschlüssel ({code}), obwohl bei dieser Anmeldung keiner vorgesehen ist. Öffentliche Clientflows sind für die Anwendung nicht zugelassen.',
    remedy: [
      'Öffnen Sie „Authentifizierung“ der App-Registrierung und stellen Sie „Öffentliche Clientflows zulassen“ auf „Ja“.',
      'Besser für ein Programm ohne Menschen davor: Verwenden Sie einen geheimen Clientschlüssel statt Benutzername und Passwort.',
    ],
  },
  'entra-code-unknown': {
    title: 'Entra ID hat das Token mit einem Code verweigert, den dieses Programm nicht kennt.',
    explanation:
      'Code: {code}. Fehler: {error}. Entra ID nannte als Grund: „{text}“. Korrelations-ID: {correlationId}. Zeit: {time}.',
    remedy: [
      'Schlagen Sie den Code auf Microsofts Seite der Entra-Fehlercodes nach.',
      'Suchen Sie die Korrelations-ID {correlationId} in den „Anmeldeprotokollen“ des Mandanten.',
    ],
  },
  'answer-not-from-entra': {
    title: 'Die Antwort für {host} stammt nicht von Entra ID.',
    explanation:
      'Sie hat den Status {status}, und ihr fehlt alles, woran man den Anmeldedienst erkennt. Meist hat ein Proxy oder ein Portal geantwortet.',
    remedy: ['Lassen Sie Anforderungen an {host} ohne Anmeldeseite, Inspektion und Veränderung durch.'],
  },

  'token-audience-wrong': {
    title: 'Das Token wurde für einen anderen Dienst ausgestellt.',
    explanation:
      'Ausgestellt für: {audience}. Angenommen wird dort: {expected}. Ein Token für Microsoft Graph gilt bei EWS nicht.',
    remedy: [
      'Prüfen Sie, ob die richtige Cloud gewählt ist.',
      'Bei einem eigenen Server muss dessen externe https-URL als Dienstprinzipalname registriert sein.',
    ],
  },
  'token-tenant-wrong': {
    title: 'Das Token kommt aus einem Mandanten, dem {host} nicht vertraut.',
    explanation:
      'Exchange nimmt nur Tokens aus Mandanten, denen es vertraut. Ausgestellt von: {tenant}. Genannt vom Server: {expected}.',
    remedy: ['Geben Sie die Verzeichnis-ID ein, die zu dieser Exchange-Organisation gehört.'],
  },
  'token-without-roles': {
    title: 'Das Token enthält keine Berechtigung.',
    explanation:
      'Bei RBAC für Anwendungen ist das üblich, denn dort führt Exchange die Berechtigung selbst. Sonst fehlt full_access_as_app oder die Zustimmung dazu. Es entscheidet, was EWS antwortet.',
    remedy: [
      'Lehnt EWS ab: Öffnen Sie „API-Berechtigungen“ der Anwendung {clientId}, fügen Sie „Office 365 Exchange Online“ → „Anwendungsberechtigungen“ → full_access_as_app hinzu und erteilen Sie die Administratorzustimmung.',
      'Oder weisen Sie in Exchange Online die Rolle „Application EWS.AccessAsApp“ zu.',
    ],
  },
  'token-is-delegated': {
    title: 'Das Token gehört einem Benutzer, nicht der Anwendung.',
    explanation:
      'Es enthält die delegierten Berechtigungen {scopes}. Der Zugriff auf alle Postfächer braucht eine Anwendungsberechtigung.',
    remedy: [
      'Fügen Sie der Anwendung {clientId} die Anwendungsberechtigung full_access_as_app hinzu und erteilen Sie die Administratorzustimmung.',
    ],
  },
  'token-expired': {
    title: '{host} hat das Token abgelehnt, weil es abgelaufen ist.',
    explanation: 'Es galt bis {until}; nach der Uhr des Servers ist es {serverTime}.',
    remedy: [
      'Testen Sie erneut, damit ein neues Token geholt wird.',
      'Geschieht es wieder, vergleichen Sie die Uhren dieses Rechners und des Servers.',
    ],
  },
}
