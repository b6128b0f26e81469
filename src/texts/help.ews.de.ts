/** German help on findings at the EWS URL: login, status, SOAP and version. */
import type { HelpWords } from './help.ts'
import type { ewsHelp as english } from './help.ews.en.ts'

export const ewsHelp: Readonly<Record<keyof typeof english, HelpWords>> = {
  'oauth-not-offered-by-server': {
    meaning:
      'OAuth ist eingerichtet, kommt aber in der Liste der Anmeldeverfahren, die der Server nennt, nicht vor. Bei einem eigenen Exchange Server ist das normal: Anmeldungen von Anwendungen mit OAuth sind nur für Exchange Online beschrieben. Das Token kann vollkommen in Ordnung sein; es ist nur für eine andere Tür.',
    knows:
      'Der Header WWW-Authenticate nennt Negotiate, NTLM oder Basic, aber nicht Bearer, und der Host ist nicht Exchange Online. Mehr als wahrscheinlich ist das nicht, denn ein Gateway dazwischen kann die Liste kürzen. Ein Code für ein abgelehntes Token würde zeigen, dass der Server Tokens doch kennt.',
  },
  'token-garbled': {
    meaning:
      'Der Server kennt Tokens, konnte dieses aber nicht entziffern. Es kam abgeschnitten an, in Anführungszeichen oder mit zweimal „Bearer“ davor, oder es ist eine Art Token, die nicht für diesen Zweck gedacht ist. Tokens sind lang, und Geräte mit engen Grenzen für Header kürzen sie. Über Mandant, Berechtigung und Postfach wurde nicht entschieden.',
    knows:
      'Der Server sagt es mit dem Code 2000001 im Header x-ms-diagnostics: beobachtet. Wer das Token unterwegs verändert hat, ist von hier aus nicht zu sehen.',
  },
  'token-user-unknown': {
    meaning:
      'Das Token ist lesbar, aber der Server findet den Benutzer oder die Anwendung darin nicht, oder er findet mehrere. Der klassische Fall sind zwei Objekte im Verzeichnis mit demselben Benutzerprinzipalnamen oder derselben Adresse, etwa nach einem Umzug. Das Postfach, das geöffnet werden soll, ist eine andere Frage und hat einen eigenen Befund.',
    knows:
      'Der Server sagt es in x-ms-diagnostics mit dem Code 2000005 oder der Kategorie „invalid_user“: beobachtet. Ob keiner oder mehrere gefunden wurden, sagt der Code nicht; vielleicht verrät es der Text des Servers, der wörtlich wiedergegeben wird.',
    commands: ['Get-Recipient -Filter "EmailAddresses -eq \'<Adresse>\'"'],
  },
  'modern-auth-off': {
    meaning:
      'Die moderne Authentifizierung, also die Anmeldung mit OAuth, ist für diese Exchange-Organisation ausgeschaltet. Dann wird jedes Token abgelehnt, gleich was darin steht. In einer Hybridorganisation mit eigenem Server können die Schritte der modernen Hybridauthentifizierung unvollständig sein.',
    knows:
      'Der Server sagt es in x-ms-diagnostics mit dem Code 4000000 oder der Kategorie „oauth_not_available“: beobachtet.',
    commands: ['Set-OrganizationConfig -OAuth2ClientProfileEnabled $true'],
  },
  'token-refused-unknown-code': {
    meaning:
      'Der Server hat das Token abgelehnt und einen Code genannt, zu dem es keine veröffentlichte Erklärung gibt, oder gar keinen. Bei einem eigenen Server, der bisher mit moderner Authentifizierung funktionierte, sind veraltete Schlüssel eine von mehreren Möglichkeiten; dort hat es schon geholfen, die Metadaten des Authentifizierungsservers zu erneuern. Ein abgelehntes Token ist kein abgelehntes Passwort.',
    knows:
      'Auf ein Token kam der Status 401; den Code in x-ms-diagnostics kennt keine Regel, oder der Header fehlt. Die Ablehnung ist beobachtet, eine Ursache wird nicht behauptet. Der Text des Servers wird gezeigt, aber nie ausgelegt.',
    commands: ['Set-AuthServer EvoSts -RefreshAuthMetadata'],
  },
  'basic-is-off-in-exchange-online': {
    meaning:
      'Seit Herbst 2022 lässt Exchange Online bei EWS niemanden mehr mit Benutzername und Passwort ein. In seinen Antworten zählt es das Verfahren noch auf und führt damit viele Programme in die Irre; eine Einstellung, die es zurückholt, gibt es nicht. Das Passwort kann also völlig richtig sein und wird trotzdem abgelehnt. Es hilft nur OAuth.',
    knows:
      'Der EWS-Host gehört zu Exchange Online, und angegeben sind nur Benutzername und Passwort: Das steht ohne jeden Aufruf fest, deshalb wird nichts gesendet. Lag der Status 401 schon vor, ist es zusätzlich beobachtet. Über das Passwort selbst wurde nicht entschieden.',
  },
  'login-scheme-not-offered': {
    meaning:
      'Für diesen Lauf war ein bestimmtes Anmeldeverfahren verlangt, und der Server bietet es nicht an. Server bieten an, was für ihr EWS-Verzeichnis eingeschaltet ist; ein eigenes Exchange meist Negotiate und NTLM, Basic nur nach ausdrücklichem Einschalten. Es wurde nichts gesendet und also auch nichts abgelehnt.',
    knows:
      'Im Header WWW-Authenticate der Antwort 401 kommt das Verfahren nicht vor: beobachtet. Was ein angebotenes Verfahren taugt, ist eine andere Frage; hier geht es nur um ein fehlendes.',
  },
  'ntlm-connection-not-kept': {
    meaning:
      'NTLM besteht aus mehreren Nachrichten, die alle über dieselbe Verbindung laufen müssen. Verteilt ein Proxy oder Load Balancer sie auf mehrere oder schließt die Verbindung zwischendurch, sieht der Server einen Anfang ohne Ende und antwortet 401. So wird auch das richtige Passwort abgelehnt; ihm darf man das nicht anlasten.',
    knows:
      'Dieses Programm sendet alle Nachrichten über eine Verbindung und hält fest, wenn sie nicht bestehen blieb: Sie wurde mitten in der Anmeldung geschlossen, oder der Server verlangte einen neuen Anfang. An den eigenen Verbindungen gesehen ist das beobachtet; allein aus den Antworten des Servers wäre es wahrscheinlich.',
  },
  'wrong-password-or-user-name': {
    meaning:
      'Exchange hat die Anmeldung entgegengenommen und abgelehnt. In vier Fällen antwortet Exchange gleich, nämlich mit 401: bei einem falschen Passwort, einem Benutzernamen in unerwarteter Form, einem gesperrten und einem deaktivierten Konto. Am meisten überrascht der zweite: Der Benutzerprinzipalname weicht von der E-Mail-Adresse ab, und nur DOMÄNE\\Benutzer funktioniert. Eine Website mit eigener Anmeldung oder ein fehlendes Autodiscover sind andere Befunde.',
    knows:
      'Die Antwort 401 trägt die Header von Exchange, der Handshake war vollständig, das Verfahren war angeboten, und nichts anderes erklärt es: wahrscheinlich. Sagt Entra ID es selbst mit AADSTS50126 oder 50034, ist es beobachtet. Angemeldet wird nur ein einziges Mal, denn wiederholte Fehlversuche sperren Konten.',
  },
  'extended-protection-suspected': {
    meaning:
      'Der Erweiterte Schutz bindet eine Anmeldung an die verschlüsselte Verbindung, über die sie läuft. Beendet ein Load Balancer oder eine untersuchende Firewall die Verschlüsselung mit einem anderen Zertifikat, sehen beide Enden verschiedene Verbindungen, und Exchange lehnt auch das richtige Passwort ab. Das Setup schaltet ihn seit Exchange 2019 CU14 und in der Subscription Edition ein. Exchange sagt das nicht dazu; von außen sieht es aus wie ein falsches Passwort.',
    knows:
      'Der Handshake endet bei EWS mit 401, obwohl dieselbe Anmeldung an anderer Stelle dieses Hosts angenommen wurde: Dann ist es wahrscheinlich. Ohne dieses zweite Ergebnis ist es nur möglich, steht neben dem falschen Passwort und wird nur bei Builds genannt, die den Schutz von sich aus einschalten. Gewissheit gibt erst der Server: seine Einstellung und der Vergleich seines Zertifikats mit dem, das hier zu sehen ist.',
    commands: ['Get-WebServicesVirtualDirectory | fl *ExtendedProtection*'],
  },
  'account-locked': {
    meaning:
      'Nach mehreren falschen Anmeldungen wurde das Konto für eine Weile gesperrt, um Raten zu verhindern. Jetzt scheitert die Anmeldung auch mit dem richtigen Passwort. Oft sorgt ein Telefon oder ein vergessener Dienst mit altem Passwort immer wieder dafür. Bei Entra ID kann derselbe Code auch heißen, dass die Adresse des Aufrufers als bösartig gilt.',
    knows:
      'Der Server antwortet mit dem Status 456, seine Fehlerseite nennt das Konto gesperrt, oder Entra ID meldet AADSTS50053: beobachtet. In diesem Lauf folgt keine weitere Anmeldung.',
    commands: ['Unlock-ADAccount <Konto>'],
  },
  'password-expired': {
    meaning:
      'Das Passwort stimmt, ist aber zu alt, oder es muss bei der ersten Anmeldung geändert werden. Programme können das nicht; ein Mensch muss sich einmal anmelden, etwa an Windows oder Outlook im Web. Bei einem Konto, das nur Programmen dient, ist ein ablaufendes Passwort eine Falle, die regelmäßig wiederkehrt.',
    knows:
      'Der Server antwortet mit dem Status 457 oder mit dem EWS-Code ErrorPasswordExpired oder ErrorPasswordChangeRequired, oder Entra ID meldet AADSTS50055 oder 50144: beobachtet.',
  },
  'account-disabled': {
    meaning:
      'Das Konto gibt es, es wurde aber im Verzeichnis abgeschaltet. Solange das so ist, hilft kein Passwort. Typisch sind Konten ausgeschiedener Mitarbeiter und Dienstkonten, die beim Aufräumen erfasst wurden.',
    knows: 'EWS antwortet mit ErrorAccountDisabled, oder Entra ID meldet AADSTS50057: beobachtet.',
  },
  'intermittent-401': {
    meaning:
      'Dieselbe Anmeldung wurde angenommen und gleich danach abgelehnt. Ein falsches Passwort kann das nicht bewirken. Oft stehen hinter einer Adresse mehrere Server, und einer davon ist anders eingerichtet oder seine Uhr geht falsch; auch unter Last antwortet EWS bekanntlich gelegentlich 401. Welcher Server geantwortet hat, zeigt der Header X-FEServer.',
    knows:
      'Innerhalb eines Laufs kamen auf dieselbe Anmeldung beide Antworten: Das ist beobachtet. Die Ursache ist höchstens wahrscheinlich, denn ein Lauf ist eine kleine Stichprobe. Die Namen der Server, die geantwortet haben, stehen im Befund.',
  },
  'gateway-preauthentication': {
    meaning:
      'Ein Reverse Proxy oder eine Firewall vor Exchange verlangt eine Anmeldung, bevor jemand durchgelassen wird. Der Status 401 sieht aus wie der von Exchange, gemeint ist aber ein anderes Passwort oder ein Verfahren, das Programme nicht kennen. Exchange wurde nicht erreicht und hat nichts entschieden.',
    knows:
      'Der Antwort 401 fehlen die Header von Exchange und eine request-id; sie bietet nur Basic mit eigenem Realm an oder gar nichts. Mehr als wahrscheinlich ist das nicht, denn ein Server kann seine Header verbergen. Der Realm und der Header Server nennen oft das Produkt.',
  },
  'ntlm-unavailable-on-platform': {
    meaning:
      'Das verlangte Anmeldeverfahren braucht etwas, das dieser Rechner nicht hat: Negotiate mit Kerberos zum Beispiel eine Bibliothek des Systems und in der Regel die Zugehörigkeit zur Domäne. Unter Linux und in Containern fehlt das häufig. NTLM ist in diesem Programm enthalten und funktioniert überall.',
    knows:
      'Das Verfahren war verlangt und ließ sich auf diesem Rechner nicht beginnen: beobachtet. Mit dem Server hat das nichts zu tun; mit einem anderen Verfahren kann dieselbe Anmeldung gelingen.',
  },
  'kerberos-ticket-refused': {
    meaning:
      'Ohne Passwort, und wo der Server Negotiate anbietet, verwendet die Anmeldung das Kerberos-Ticket, das diese Windows- oder Linux-Sitzung bereits hat, wie es Outlook auf einem Rechner der Domäne tut. Der Server hat ein solches Ticket bekommen und abgelehnt. Über ein Passwort sagt das nichts: Keines wurde gesendet, und keines wurde gezählt.',
    knows:
      'Ein Ticket für diesen Host wurde ausgestellt, gesendet und mit 401 beantwortet: beobachtet. Der Grund steht nicht dabei. Die Bibliothek, die das Ticket liefert, kann es nicht an die TLS-Verbindung binden; ein Server, der Kanalbindung verlangt, lehnt es deshalb ab, wem auch immer es gehört.',
    commands: ['klist', 'setspn -Q HTTP/<Host>'],
  },
  'password-charset-suspected': {
    meaning:
      'Beim Verfahren Basic werden Benutzername und Passwort als Bytes gesendet, und Programme und Server sind sich nicht einig, wie Zeichen wie ä, ß oder € zu schreiben sind. So kann ein richtiges Passwort abgelehnt werden. Verfahren wie NTLM haben dieses Problem nicht.',
    knows:
      'Benutzername oder Passwort enthalten solche Zeichen, verwendet wurde Basic, und Exchange hat abgelehnt: Das ist nur möglich, ein falsches Passwort passt ebenso gut. Gelingt die Anmeldung mit einem anderen Verfahren, spricht das dafür. Das Passwort selbst steht nirgends im Beleg.',
  },
  'ews-permission-missing': {
    meaning:
      'Exchange Online hat das Token angenommen und weiß, wer anfragt, aber diese Anwendung darf EWS nicht verwenden. Erteilen lässt sich das Recht auf zwei Wegen: mit der Berechtigung full_access_as_app samt Administratorzustimmung in Entra ID, die alle Postfächer öffnet, oder mit der Rolle „Application EWS.AccessAsApp“ in Exchange, die sich auf einige beschränken lässt. Berechtigungen von Microsoft Graph zählen hier nicht.',
    knows:
      'Die Antwort ist 403 mit dem Code 2000008 in x-ms-diagnostics: beobachtet. Der Befund zeigt, welche Berechtigungen im Token stehen. Bei einem 403 ohne diesen Code geht es um Richtlinien, Lizenzen oder Listen.',
    commands: [
      'Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → API-Berechtigungen → Von meiner Organisation verwendete APIs → Office 365 Exchange Online → Anwendungsberechtigungen → full_access_as_app',
      'New-ManagementRoleAssignment -App <Anwendungs-ID> -Role "Application EWS.AccessAsApp" -CustomResourceScope <Bereich>',
      'Test-ServicePrincipalAuthorization',
    ],
  },
  'app-only-unsupported-on-premises': {
    meaning:
      'Ein eigener Exchange Server hat das Token verstanden und lässt die Anwendung nicht ein. Anmeldungen von Anwendungen sind nur für Exchange Online beschrieben; die moderne Hybridauthentifizierung auf eigenen Servern ist für Menschen gedacht. Es fehlt also keine Berechtigung, die man nachtragen könnte: Für diesen Server ist NTLM oder Negotiate mit Benutzername und Passwort der Weg.',
    knows:
      'Die Antwort ist 403 mit dem Code 2000008, und der Host ist nicht Exchange Online. Das ist wahrscheinlich: Bekannt ist kein Fall, in dem eine solche Anmeldung gelang, aber fehlende Erfolge sind kein Beweis.',
  },
  'ews-disabled-for-organization': {
    meaning:
      'Microsoft schaltet EWS in Exchange Online ab: nach eigenem Plan seit dem 1. Oktober 2026 Mandant für Mandant, wo nichts eingestellt war, und am 1. April 2027 für alle. Bis zum 31. März 2027 darf ein Administrator es wieder einschalten. Eine gesperrte Anwendung erhält 403, nicht 401; das Token ist trotzdem gut. Exchange Server ist nicht betroffen.',
    knows:
      'Exchange Online antwortet 403 ohne den Code 2000008, obwohl das Token die Berechtigung enthält. Ab dem 1. Oktober 2026 ist das wahrscheinlich, vorher oder ohne die Berechtigung nur möglich. An einem einzigen Postfach lässt es sich nicht von einer Sperre der Anwendung oder dieses Postfachs unterscheiden, an einem zweiten schon. Wie die Antworten der einzelnen Sperren genau aussehen, ist nicht beschrieben.',
    commands: [
      'Connect-ExchangeOnline',
      'Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | fl EwsEnabled,EwsAllowedAppIDs',
      'Set-OrganizationConfig -EwsEnabled $true',
    ],
  },
  'ews-app-not-allowed': {
    meaning:
      'Eine Organisation kann mit der Einstellung EwsAllowedAppIDs aufzählen, welche Anwendungen EWS noch verwenden dürfen. Sie wirkt nur, wenn EwsEnabled auf „true“ gesetzt ist. Wer die Liste setzt, ersetzt sie ganz; die vorhandenen IDs müssen also zuvor gelesen werden. Über die Wirkung einer leeren Liste widersprechen sich die Quellen; betrachten Sie sie als ungewiss.',
    knows:
      'Exchange Online antwortet 403 ohne den Code 2000008. Wie gerade diese Ablehnung aussieht, ist nicht beschrieben; darum ist sie nur möglich und steht neben den anderen Erklärungen. Nennt die Antwort die ID der Anwendung, ist sie wahrscheinlich. Klarheit schafft die Einstellung selbst, wenn ein Administrator sie ausliest.',
    commands: [
      'Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | fl EwsEnabled,EwsAllowedAppIDs',
      'Set-OrganizationConfig -EwsAllowedAppIDs "<bisherige IDs>,<Anwendungs-ID>"',
    ],
  },
  'ews-disabled-for-mailbox': {
    meaning:
      'EWS lässt sich für ein einzelnes Postfach ausschalten. Dieselbe Wirkung haben eine Zugriffsrichtlinie, die das Postfach ausschließt, und in Exchange Online eine Lizenz ohne EWS wie F1 oder F3. Seit April 2025 müssen es dort die Einstellung des Postfachs und die der Organisation beide erlauben.',
    knows:
      'Die Antwort für dieses Postfach ist 403. Das ist nur möglich, denn mehr zeigt ein einzelnes Postfach nicht. Lassen Sie ein zweites mitprüfen: Antwortet es, liegt es wahrscheinlich an diesem Postfach; scheitern alle, sehen Sie bei Organisation und Anwendung nach.',
    commands: [
      'Get-CASMailbox <Postfach> | fl EwsEnabled,EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList',
      'Set-CASMailbox <Postfach> -EwsEnabled $true',
      'Test-ApplicationAccessPolicy -Identity <Postfach> -AppId <Anwendungs-ID>',
    ],
  },
  'consumer-mailbox-unsupported': {
    meaning:
      'Adressen wie outlook.com, hotmail.com, live.com und msn.com gehören zu Microsofts Dienst für Privatkunden. Für dessen Postfächer gibt es kein EWS, gleich welche Berechtigung eine Anwendung hat. Nötig ist ein Postfach einer Firma oder Schule.',
    knows:
      'Die Domäne der Adresse ist eine von diesen, und die Antwort war 403: beobachtet. Der Status 403 allein würde es nicht zeigen, die Domäne tut es.',
  },
  'forbidden-by-iis-or-gateway': {
    meaning:
      'Der Webserver hat abgelehnt, bevor Exchange gefragt wurde. Solche Regeln sind Einschränkungen nach IP-Adresse, ein verlangtes Clientzertifikat und Vorgaben zur Verschlüsselung. Benutzer, Passwort und Postfach spielen also keine Rolle; aus einem anderen Netz kann dieselbe Anmeldung gelingen.',
    knows:
      'Die Seite trägt einen Unterstatus von IIS, etwa 403.6, und ein Token war nicht im Spiel: beobachtet. Die Nummer nennt die Art der Regel; wo sie eingestellt ist, sieht nur der Administrator.',
  },
  'not-an-ews-url': {
    meaning:
      'Unter dieser URL antwortet etwas, aber nicht EWS. Oft ist es die Adresse von Outlook im Web, es fehlt der Pfad /EWS/Exchange.asmx, oder EWS ist auf diesem Host nicht veröffentlicht. Ein Status 401 wäre die bessere Nachricht: Er zeigt, dass EWS da ist.',
    knows:
      'Die Antwort ist 404, 405, eine Umleitung an eine andere Stelle oder eine Webseite mit dem Status 200. Was kam, ist beobachtet; das Warum ist wahrscheinlich. Nennt das Front-End von Exchange zum 404 einen eigenen Code, ließ sich das Postfach nicht finden; das ist ein anderer Befund.',
    commands: ['Get-WebServicesVirtualDirectory | fl Identity,InternalUrl,ExternalUrl'],
  },
  'mailbox-routing-unknown': {
    meaning:
      'Das Front-End von Exchange ist das richtige und hat den Aufruf angenommen, weiß aber nicht, wohin damit: Es findet zu diesem Postfach keinen Ort. Das kommt vor, nachdem ein Postfach verschoben oder gelöscht wurde, oder wenn in einer Hybridorganisation auf der falschen Seite gefragt wird.',
    knows:
      'Die Antwort ist 404 mit dem Header X-CasErrorCode: beobachtet. Der Code darin, etwa MailboxGuidWithDomainNotFound, stammt von Exchange selbst; bei einem falschen Pfad gäbe es diesen Header nicht.',
    commands: ['Get-Mailbox <Postfach>', 'Get-RemoteMailbox <Postfach>'],
  },
  'forms-login-in-front': {
    meaning:
      'Statt EWS antwortet eine Anmeldeseite für Menschen oder eine Umleitung dorthin. Das tun Portale und Reverse Proxys, ebenso die Adresse von Outlook im Web. Ein Programm kann eine solche Seite nicht ausfüllen und sollte es auch nicht. Exchange selbst fragt Programme mit einem Status 401.',
    knows:
      'Der Status ist 440, oder die Umleitung führt zu einer Adresse, die man von Anmeldeseiten kennt, etwa /owa/auth oder die Portale verbreiteter Gateways: beobachtet. Um welches Gerät es geht, zeigt meist die Adresse.',
  },
  'login-header-too-large': {
    meaning:
      'Die Anfrage wurde abgelehnt, weil sie zu groß ist. Bei einem Konto mit sehr vielen Gruppen wird schon die Anmeldung groß, denn das Kerberos-Ticket enthält sie alle; ein enges Limit in IIS für das, was vor der Anmeldung gelesen wird, wirkt ebenso. Auch nach der Installation von Exchange 2019 CU14 wurde das als Nebenwirkung berichtet; bestätigt ist es nicht.',
    knows: 'Der Status ist 413, das ist beobachtet. Welches Limit erreicht wurde, sagt die Antwort nicht.',
  },
  'content-type-refused': {
    meaning:
      'Der Server lehnt die Form der Anfrage ab, nicht ihren Inhalt. Dieses Programm sendet, was EWS verlangt, nämlich text/xml in UTF-8; meist hat also etwas auf dem Weg die Anfrage verändert. Über Anmeldung und Postfach wurde nicht entschieden.',
    knows:
      'Auf eine nachweislich wohlgeformte Anfrage kam der Status 415 oder ein 400 mit den Headern von Exchange: beobachtet. Was sie verändert hat, ist nicht zu sehen.',
  },
  'server-busy': {
    meaning:
      'Exchange begrenzt, wie viel ein Aufrufer auf einmal verlangen darf, und diese Grenze ist erreicht, oder dem Server fehlt es gerade an Reserven. Das vergeht von selbst, wenn man wartet; sofort wiederholte Aufrufe ziehen es in die Länge. Kommt es täglich wieder, verwenden vielleicht mehrere Verbindungen gleichzeitig dasselbe Konto.',
    knows:
      'Der Status ist 429 oder ein 503 mit den Headern von Exchange oder mit Retry-After, oder EWS nennt ErrorServerBusy oder ErrorExceededConnectionCount: beobachtet. Wie lange zu warten ist, steht dabei, wo der Server es gesagt hat. Ein 503 ohne diese Zeichen kommt von etwas davor.',
  },
  'server-error-in-ews': {
    meaning:
      'Die Anfrage hat die Anwendung EWS erreicht, und diese ist gescheitert, bevor sie antworten konnte. Das kann vorübergehend sein, etwa nach einem Update oder Neustart, oder ein Schaden, der sich im Ereignisprotokoll zeigt. An Anmeldung oder Postfach lag es wahrscheinlich nicht.',
    knows:
      'Der Status ist 500 ohne SOAP-Antwort, aber mit Kennzeichen von IIS oder Exchange, oder es kam eine Umleitung auf dessen allgemeine Fehlerseite: beobachtet. Ein 500 mit einem SOAP-Fehler ist etwas anderes: Dort erklärt sich EWS selbst.',
    commands: ['Test-ServiceHealth', 'Get-HealthReport'],
  },
  'gateway-cannot-reach-exchange': {
    meaning:
      'Der Weg führt bis zu einem Load Balancer oder Reverse Proxy; dahinter antwortet Exchange nicht oder nicht rechtzeitig. Das Gerät ist in Ordnung und meldet genau das. Typisch sind ein ausgefallener Server, ein gescheiterter Integritätstest oder ein Zertifikat zwischen beiden, dem nicht vertraut wird.',
    knows:
      'Der Status ist 502 oder 504 und stammt damit schon der Bedeutung nach von einer Zwischenstation: beobachtet. Was dahinter nicht stimmt, sagt deren Protokoll.',
  },
  'oauth-fell-back-to-password': {
    meaning:
      'OAuth war eingerichtet, wurde zuerst versucht und hat nicht funktioniert. Weil es erlaubt ist, folgte die Anmeldung mit Benutzername und Passwort, und die gelang. Die Verbindung funktioniert, aber nicht auf dem gewünschten Weg; ist OAuth gemeint, sagt dessen eigener Befund, was fehlt. Bei Exchange Online kommt dieser Rückgriff nie vor, denn dort zählen Passwörter nicht.',
    knows:
      'In den Schritten stehen beide Anmeldungen, die gescheiterte und die gelungene: beobachtet. Es ist eine Warnung, weil das Ergebnis brauchbar ist.',
  },

  'impersonation-header-missing': {
    meaning:
      'Das Token einer Anwendung gehört keinem Menschen; jeder Aufruf muss deshalb sagen, um wessen Postfach es geht. Dieser hat es nicht gesagt. In der Regel ist das Feld für die Adresse leer oder wurde nicht weitergegeben. Eine Berechtigung fehlt hier nicht.',
    knows:
      'Die Antwort nennt das Element ExchangeImpersonation, einen technischen Namen, der in jeder Sprache gleich ist, und der Aufruf kam mit einem Token und ohne dieses Element: beobachtet.',
  },
  'impersonation-header-invalid': {
    meaning:
      'Der Aufruf nannte ein Postfach, in dessen Namen er handelt, und EWS nimmt das nicht an: Die Adresse ist fehlerhaft geschrieben, oder diese Art der Anmeldung darf keines nennen. Mit Benutzername und Passwort ist das Postfach dieses Kontos gemeint; ein anderes zu nennen, braucht ein eigenes Recht.',
    knows:
      'EWS antwortet mit ErrorInvalidExchangeImpersonationHeaderData: beobachtet. Welcher der beiden Fälle vorliegt, zeigt vielleicht der Text des Servers.',
  },
  'impersonation-denied': {
    meaning:
      'Die Anmeldung wurde angenommen, aber dieses Konto oder diese Anwendung darf nicht für dieses Postfach handeln. Das Recht kann ganz fehlen oder auf andere Postfächer beschränkt sein. Auf einem eigenen Exchange Server ist es die Rolle ApplicationImpersonation; in Exchange Online ist sie seit Februar 2025 gesperrt, an ihre Stelle ist RBAC für Anwendungen getreten.',
    knows:
      'EWS antwortet mit ErrorImpersonateUserDenied, ErrorImpersonationDenied oder ErrorImpersonationFailed: beobachtet. Ob das Recht fehlt oder nur beschränkt ist, zeigt ein Test mit einem Postfach, für das es sicher besteht.',
    commands: [
      'New-ManagementRoleAssignment -Name "EWS impersonation" -Role ApplicationImpersonation -User <Konto>',
      'New-ManagementRoleAssignment -App <Anwendungs-ID> -Role "Application EWS.AccessAsApp"',
      'Test-ServicePrincipalAuthorization',
    ],
  },
  'mailbox-not-found': {
    meaning:
      'Die Anmeldung hat funktioniert, nur gibt es auf dieser Seite kein Postfach mit dieser Adresse. Die Adresse ist verschrieben, das Postfach hat noch keine Lizenz, oder es liegt auf der anderen Seite einer Hybridorganisation: Ein eigener Server öffnet keine Postfächer von Exchange Online und umgekehrt.',
    knows:
      'EWS antwortet mit ErrorNonExistentMailbox: beobachtet. Auf welcher Seite das Postfach liegt, ist nur möglich; es ergibt sich aus dem, was Autodiscover zur Adresse gesagt hat.',
  },
  'mail-address-is-alias': {
    meaning:
      'Die Adresse gehört zum Postfach, ist aber nicht dessen Hauptadresse. EWS verlangt die primäre Adresse, wenn im Namen eines Postfachs gehandelt wird. Mails an den Alias kommen trotzdem an; deshalb überrascht es.',
    knows: 'EWS antwortet mit ErrorNonPrimarySmtpAddress und nennt die primäre Adresse selbst: beobachtet.',
  },
  'account-has-no-mailbox': {
    meaning:
      'Das Konto hat sich angemeldet, besitzt aber kein eigenes Postfach, wie es bei Dienstkonten üblich ist. Sagt ein Aufruf nicht, welches Postfach er meint, nimmt EWS das des Kontos, und das gibt es nicht. An der Anmeldung liegt es nicht.',
    knows:
      'EWS antwortet mit ErrorMissingEmailAddress: beobachtet. Mit der Adresse eines anderen Postfachs und dem Recht, es zu öffnen, kann dasselbe Konto funktionieren.',
  },
  'mailbox-access-denied': {
    meaning:
      'Die Anmeldung ist gut und EWS hat das Postfach erreicht, lässt dieses Konto oder diese Anwendung aber nicht an den Inhalt. Die üblichen Gründe sind Ordnerberechtigungen, eine fehlende Rolle oder eine Zugriffsrichtlinie, die die Anwendung auf bestimmte Postfächer beschränkt.',
    knows:
      'EWS antwortet in einer SOAP-Antwort mit ErrorAccessDenied: beobachtet. Ob Berechtigung oder Richtlinie, sagt der Code nicht; die Befehle zeigen beides.',
    commands: [
      'Get-MailboxPermission <Postfach>',
      'Test-ServicePrincipalAuthorization',
      'Test-ApplicationAccessPolicy -Identity <Postfach> -AppId <Anwendungs-ID>',
    ],
  },
  'mailbox-unavailable': {
    meaning:
      'Das Postfach gibt es, es ist aber gerade nicht zu erreichen: Seine Datenbank zieht um oder schaltet um, ist nicht bereitgestellt, oder ein anderer Server müsste antworten. Meist geht das vorüber. An Adresse, Anmeldung und Berechtigung liegt es nicht.',
    knows:
      'EWS antwortet mit ErrorMailboxStoreUnavailable, ErrorMailboxMoveInProgress, ErrorMailboxFailover oder ErrorNoRespondingCASInDestinationSite: beobachtet. Hält es an, ist es mehr als ein vorübergehender Umzug, und der Administrator des Servers sollte nachsehen.',
  },
  'request-schema-refused': {
    meaning:
      'EWS hat die Anfrage gelesen und nimmt ihren Aufbau nicht an. Entweder kennt die gewählte EWS-Version ein Element nicht, oder die Anfrage ist falsch gebaut, was ein Fehler dieses Programms wäre, oder etwas auf dem Weg hat sie verändert. Auf dem Server ist nichts zu berichtigen.',
    knows:
      'EWS antwortet mit ErrorSchemaValidation oder ErrorInvalidRequest: beobachtet. Die Anfrage-ID führt zum Eintrag im Protokoll des Servers.',
  },
  'soap-error-unknown': {
    meaning:
      'EWS hat mit einem seiner vielen Codes geantwortet, für den dieses Programm keine eigene Erklärung hat. Code und Text werden gezeigt, wie sie kamen. Microsofts Verzeichnis der Antwortcodes erklärt die meisten in einem Satz.',
    knows:
      'Der Code ist beobachtet, eine Ursache wird nicht behauptet. Aus dem Wortlaut wird nichts geschlossen, denn Server antworten in verschiedenen Sprachen.',
  },

  'server-version-too-new': {
    meaning:
      'Jede EWS-Anfrage nennt die Version der Schnittstelle, für die sie geschrieben ist. Der Server ist älter als die verlangte Version und sagt das. Ein Defekt ist es nicht: Mit der höchsten Version, die er kennt, funktioniert alles, was er kann. „Automatisch“ findet diese Version, indem es schrittweise zurückgeht.',
    knows:
      'EWS antwortet mit ErrorInvalidServerVersion, ErrorIncorrectSchemaVersion oder ErrorInvalidSchemaVersionForMailboxVersion: beobachtet. Gelang es danach mit einer niedrigeren Version, ist es eine Warnung. Welche neueren Namen welcher Server ablehnt, ist nicht vollständig beschrieben; deshalb wird es ausprobiert und nicht angenommen.',
  },
  'ews-version-not-chosen': {
    meaning:
      'Im Dialog ist keine EWS-Version gewählt. Der Test ist von einer neuen Version zurückgegangen bis zur ersten, die der Server versteht. Damit sich die Verbindung morgen genauso verhält, wählen Sie diese Version oder „automatisch“.',
    knows: 'Das Feld ist leer, und verwendet wurde die Version, die funktioniert hat: beobachtet.',
  },
  'server-out-of-support': {
    meaning:
      'Auf dem Server läuft eine Version von Exchange, für die Microsoft keine allgemeine Unterstützung mehr leistet: Für Exchange 2016 und 2019 endete sie am 14. Oktober 2025, für ältere davor. EWS funktioniert wie bisher, und das Ende von EWS in Exchange Online betrifft diesen Server nicht. Gewarnt wird wegen der fehlenden Sicherheitsupdates.',
    knows:
      'Die Buildnummer stammt aus dem Header X-OWA-Version oder dem SOAP-Header von EWS und wird mit dem ersten Build der Subscription Edition verglichen: beobachtet. Ob kostenpflichtige erweiterte Updates erworben wurden, ist von außen nicht zu sehen.',
  },
  'ews-retirement-countdown': {
    meaning:
      'Heute funktioniert alles. Microsoft beendet EWS in Exchange Online am 1. April 2027 für alle Mandanten, ohne Ausnahme; schon seit dem 1. Oktober 2026 soll es Mandant für Mandant abgeschaltet werden, sofern die Organisation nichts anderes eingestellt hat. Nachfolger ist Microsoft Graph. Postfächer auf einem eigenen Exchange Server behalten EWS.',
    knows:
      'Der Host, der geantwortet hat, gehört zu Exchange Online, und der Tag ist für dessen weltweite Cloud angekündigt: beobachtet. Für die nationalen Clouds ist der Tag nicht bestätigt, dort ist der Befund nur möglich.',
    commands: ['Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | fl EwsEnabled,EwsAllowedAppIDs'],
  },
  'time-budget-spent': {
    meaning:
      'Ein Lauf hat eine begrenzte Zeit, damit er nie stundenlang hängt. Sie war um, bevor das Ergebnis feststand. Ein Urteil über die Konfiguration ist das nicht: Etwas auf dem Weg oder auf dem Server hat sehr langsam geantwortet, und der offene Schritt zeigt, worauf gewartet wurde.',
    knows:
      'Der Lauf wurde von seiner eigenen Uhr beendet: beobachtet. Welcher Schritt offen war, ist festgehalten; warum er so lange brauchte, zeigen seine Beobachtungen höchstens zum Teil.',
  },
  'cause-unknown': {
    meaning:
      'Der Lauf ist nicht gelungen, und keine der bekannten Ursachen passt zu dem, was beobachtet wurde. Statt zu raten, sagt das Programm genau das. Was geschehen ist, steht vollständig in den Schritten; das braucht der Support.',
    knows:
      'Keine Regel hat aus diesem Beleg einen Fehler abgeleitet. Dass der Lauf scheiterte und bei welchem Schritt, ist beobachtet; mehr wird nicht behauptet.',
  },
}
