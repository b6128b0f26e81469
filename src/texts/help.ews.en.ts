/** English help on findings at the EWS URL: login, status, SOAP and version. */
import type { HelpWords } from './help.ts'

export const ewsHelp = {
  'oauth-not-offered-by-server': {
    meaning:
      'OAuth is set up, but it does not appear in the list of login methods that the server names. That is normal for an own Exchange Server: logins of applications with OAuth are documented for Exchange Online only. The token may be perfectly good; it is simply brought to the wrong door.',
    knows:
      'The header WWW-Authenticate names Negotiate, NTLM or Basic, but not Bearer, and the host is not Exchange Online. It is likely at most, because a gateway in between may shorten this list. The code of an OAuth refusal would show that the server does know tokens.',
  },
  'token-garbled': {
    meaning:
      'The server knows tokens, but could not take this one apart. It arrived cut off, in quotation marks, or with the word “Bearer” twice; or it is of a kind that is not meant for this purpose. Tokens are long, and devices with tight limits for headers shorten them. Tenant, permission and mailbox were not judged.',
    knows:
      'The server says so with the code 2000001 in the header x-ms-diagnostics: observed. Who changed the token on the way cannot be seen from here.',
  },
  'token-user-unknown': {
    meaning:
      'The token is readable, but the server does not find the person or application in it, or finds several. Two objects in the directory with the same user principal name or address are the classic case, for example after a migration. The mailbox to be opened is a different matter and has a finding of its own.',
    knows:
      'The server says so with the code 2000005 or the category “invalid_user” in x-ms-diagnostics: observed. Whether nobody or more than one was found, the code does not tell; the text of the server, quoted as it came, may.',
    commands: ['Get-Recipient -Filter "EmailAddresses -eq \'<address>\'"'],
  },
  'modern-auth-off': {
    meaning:
      'Modern authentication, that is login with OAuth, is switched off for this Exchange organisation. Any token is refused then, whatever is in it. In a hybrid organisation with an own server the steps of Hybrid Modern Authentication may be unfinished.',
    knows:
      'The server says so with the code 4000000 or the category “oauth_not_available” in x-ms-diagnostics: observed.',
    commands: ['Set-OrganizationConfig -OAuth2ClientProfileEnabled $true'],
  },
  'token-refused-unknown-code': {
    meaning:
      'The server refused the token and gave a code without a published explanation, or none at all. With an own server that used to work with modern authentication, outdated keys are one of several possibilities; there, renewing the metadata of the authentication server has helped. A refused token is not a refused password.',
    knows:
      'The status is 401 to a token; no rule knows the code in x-ms-diagnostics, or the header is missing. The refusal is observed, a cause is not claimed. Text of the server is shown but never interpreted.',
    commands: ['Set-AuthServer EvoSts -RefreshAuthMetadata'],
  },
  'basic-is-off-in-exchange-online': {
    meaning:
      'Since autumn 2022 Exchange Online no longer lets anybody in with user name and password at EWS. It still lists the method in its answers, which misleads many programs; there is no setting that brings it back. So the password may be perfectly right and is refused all the same. Only OAuth works.',
    knows:
      'The EWS host belongs to Exchange Online, and only user name and password are given: that is known without sending anything, so nothing is sent. If the 401 was seen, it is observed as well. The password itself was not judged.',
  },
  'login-scheme-not-offered': {
    meaning:
      'A certain login method was demanded for this run, and the server does not offer it. Servers offer what is switched on for their EWS directory; an own Exchange usually offers Negotiate and NTLM, and Basic only when it was enabled. Nothing was sent, so nothing was refused.',
    knows:
      'The header WWW-Authenticate of the server’s 401 does not contain the method: observed. What an advertised method is worth is a different question; this is only about one that is missing.',
  },
  'ntlm-connection-not-kept': {
    meaning:
      'NTLM consists of several messages that have to travel over one and the same connection. If a proxy or load balancer spreads them over several connections, or closes the connection in between, the server sees a beginning without an end and answers 401. Even the right password is refused like this, so it must not be blamed.',
    knows:
      'This program sends all messages over one connection and notes when it did not last: the connection was closed in mid-login, or the server asked to begin again. Seen on its own connections it is observed; from the server’s answers alone it would be likely.',
  },
  'wrong-password-or-user-name': {
    meaning:
      'Exchange took the login and refused it. Exchange gives the same answer, 401, in four situations: a wrong password, a user name in a form it does not expect, a locked account, and a disabled one. The second is the commonest surprise: the user principal name differs from the e-mail address, and only DOMAIN\\user works. A website that wants a login of its own, or Autodiscover that is missing, are different findings.',
    knows:
      'The answer is 401 with Exchange’s own headers, the handshake was complete, the method had been offered, and nothing else explains it: likely. When Entra ID itself says so with AADSTS50126 or 50034, it is observed. The login is tried once only, because repeated failures lock accounts.',
  },
  'extended-protection-suspected': {
    meaning:
      'Extended Protection ties a login to the encrypted connection on which it is made. If a load balancer or an inspecting firewall ends the encryption with another certificate, both ends see different connections, and Exchange refuses even the right password. Setup has switched it on since Exchange 2019 CU14, and in the Subscription Edition. Exchange does not say so; from outside it looks like a wrong password.',
    knows:
      'The handshake ends in a 401 at EWS although the same login was accepted elsewhere on this host: then it is likely. Without that second result it is merely possible, named beside the wrong password, and only for builds that have the setting on by default. Certainty comes only from the server: from its setting, and from comparing its certificate with the one that is seen here.',
    commands: ['Get-WebServicesVirtualDirectory | fl *ExtendedProtection*'],
  },
  'account-locked': {
    meaning:
      'After several wrong logins the account was locked for a while, to stop guessing. The login now fails even with the right password. Often a phone or a forgotten service with an old password causes this again and again. In Entra ID the same code can also mean that the calling address is considered malicious.',
    knows:
      'The server answers with status 456, its error page says that the account is locked out, or Entra ID reports AADSTS50053: observed. No further login is made in this run.',
    commands: ['Unlock-ADAccount <account>'],
  },
  'password-expired': {
    meaning:
      'The password is right but too old, or it has to be changed at the first login. Programs cannot change it; a person has to log in once, for example to Windows or Outlook on the web. For an account that only serves programs, a password that expires is a trap that returns regularly.',
    knows:
      'The server answers with status 457 or with the EWS code ErrorPasswordExpired or ErrorPasswordChangeRequired, or Entra ID reports AADSTS50055 or 50144: observed.',
  },
  'account-disabled': {
    meaning:
      'The account exists and has been switched off in the directory. No password helps as long as that lasts. Accounts of people who have left and service accounts caught by a clean-up are typical.',
    knows: 'EWS answers with ErrorAccountDisabled, or Entra ID reports AADSTS50057: observed.',
  },
  'intermittent-401': {
    meaning:
      'The same login was accepted and a moment later refused. A wrong password cannot do that. Often several servers stand behind one address, and one of them is set up differently or its clock is wrong; EWS is also known to answer 401 now and then under load. Which server answered can be read from the header X-FEServer.',
    knows:
      'Within one run both answers came for the same login: that is observed. The cause is likely at most, because one run is a small sample. The names of the servers that answered are in the finding.',
  },
  'gateway-preauthentication': {
    meaning:
      'A reverse proxy or firewall in front of Exchange wants a login before it lets anybody through. Its 401 looks like the one from Exchange, but it asks for another password, or for a way to log in that programs do not know. Exchange was not reached and judged nothing.',
    knows:
      'The 401 shows neither Exchange’s headers nor a request-id; what it offers is only Basic with a realm of its own, or nothing at all. Likely at most, because a server may hide its headers. The realm and the header Server often name the product.',
  },
  'ntlm-unavailable-on-platform': {
    meaning:
      'The login method that was demanded needs something that this machine does not have: Negotiate with Kerberos, for instance, needs a library of the system and usually membership in the domain. On Linux and in containers that is often missing. NTLM is built into this program and works everywhere.',
    knows:
      'The method was asked for and could not be begun on this machine: observed. The server is not involved; with another method the same login can succeed.',
  },
  'kerberos-ticket-refused': {
    meaning:
      'Without a password, and where the server offers Negotiate, the login uses the Kerberos ticket that this Windows or Linux session already holds, as Outlook does on a machine of the domain. The server got such a ticket and refused it. That says nothing about any password: none was sent, and none was counted.',
    knows:
      'A ticket for this host was issued, sent and answered by 401: observed. The reason is not told. The library that brings the ticket cannot bind it to the TLS connection, so a server that demands channel binding refuses it, whoever it belongs to.',
    commands: ['klist', 'setspn -Q HTTP/<host>'],
  },
  'password-charset-suspected': {
    meaning:
      'With the method Basic, user name and password are sent as bytes, and clients and servers do not agree how to write characters such as ä, ß or €. A right password can then be refused. Methods such as NTLM do not have this problem.',
    knows:
      'User name or password contain such characters, Basic was used, and Exchange refused: that is only possible, and a wrong password fits just as well. A login that succeeds with another method would speak for it. The password itself appears nowhere in the evidence.',
  },
  'ews-permission-missing': {
    meaning:
      'Exchange Online accepted the token and knows who is calling, but this application has no right to use EWS. There are two ways to give it: the permission full_access_as_app with admin consent in Entra ID, which opens all mailboxes, or the role “Application EWS.AccessAsApp” in Exchange, which can be limited to some. Permissions of Microsoft Graph do not count here.',
    knows:
      'The answer is 403 with the code 2000008 in x-ms-diagnostics: observed. The finding shows what roles the token carries. A 403 without this code is about policy, licence or lists instead.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → API permissions → APIs my organization uses → Office 365 Exchange Online → Application permissions → full_access_as_app',
      'New-ManagementRoleAssignment -App <application ID> -Role "Application EWS.AccessAsApp" -CustomResourceScope <scope>',
      'Test-ServicePrincipalAuthorization',
    ],
  },
  'app-only-unsupported-on-premises': {
    meaning:
      'An own Exchange Server understood the token and does not let the application in. Logins of applications are documented for Exchange Online only; Hybrid Modern Authentication on own servers is for people. So there is no permission to be added: for this server, NTLM or Negotiate with user name and password is the way.',
    knows:
      'The answer is 403 with the code 2000008 from a host that is not Exchange Online. It is likely: no case is known in which such a login worked, but an absence of successes is no proof.',
  },
  'ews-disabled-for-organization': {
    meaning:
      'Microsoft is switching EWS off in Exchange Online: by its own plan since 1 October 2026 tenant by tenant where nothing was set, and on 1 April 2027 for everybody. Until 31 March 2027 an administrator may switch it on again. A blocked application gets 403, not 401; the token is good all the same. Exchange Server is not affected.',
    knows:
      'Exchange Online answers 403 without the code 2000008 although the token carries the permission. From 1 October 2026 on that is likely, before or without the permission only possible. One mailbox cannot tell it from a block of the application or of this mailbox; a second mailbox can. How the answer of each block looks in detail is not documented.',
    commands: [
      'Connect-ExchangeOnline',
      'Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | fl EwsEnabled,EwsAllowedAppIDs',
      'Set-OrganizationConfig -EwsEnabled $true',
    ],
  },
  'ews-app-not-allowed': {
    meaning:
      'An organisation can list the applications that may still use EWS, in the setting EwsAllowedAppIDs. It acts only together with EwsEnabled set to true. Setting the list replaces it as a whole, so the existing IDs have to be read first. What an empty list means, the sources say differently; treat it as uncertain.',
    knows:
      'Exchange Online answers 403 without the code 2000008. The form of this particular refusal is not documented, so it is only possible and stands beside the other explanations. If the answer names the ID of the application, it is likely. The setting itself, read by an administrator, decides it.',
    commands: [
      'Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | fl EwsEnabled,EwsAllowedAppIDs',
      'Set-OrganizationConfig -EwsAllowedAppIDs "<existing IDs>,<application ID>"',
    ],
  },
  'ews-disabled-for-mailbox': {
    meaning:
      'EWS can be switched off for a single mailbox. The same effect have an access policy that excludes the mailbox, and in Exchange Online a licence without EWS, such as F1 or F3. Since April 2025 the setting of the mailbox and that of the organisation must both allow it in Exchange Online.',
    knows:
      'The answer is 403 for this mailbox. It is only possible, because one mailbox shows no more than that. Have a second one tested beside it: if that one answers, this mailbox is likely the cause; if all fail, look at the organisation and the application.',
    commands: [
      'Get-CASMailbox <mailbox> | fl EwsEnabled,EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList',
      'Set-CASMailbox <mailbox> -EwsEnabled $true',
      'Test-ApplicationAccessPolicy -Identity <mailbox> -AppId <application ID>',
    ],
  },
  'consumer-mailbox-unsupported': {
    meaning:
      'Addresses such as outlook.com, hotmail.com, live.com and msn.com belong to Microsoft’s service for private customers. EWS is not available for its mailboxes, whatever permission an application has. A mailbox of a company or school is needed.',
    knows:
      'The domain of the address is one of these, and the answer was 403: observed. The 403 alone would not show it; the domain does.',
  },
  'forbidden-by-iis-or-gateway': {
    meaning:
      'The web server refused before Exchange was asked. Rules that do this are restrictions by IP address, the demand for a client certificate, and settings for encryption. So user, password and mailbox play no part; the same login from another network may work.',
    knows:
      'The page carries a sub-status of IIS, such as 403.6, and no token was involved: observed. The number names the kind of rule; where it is set, only the administrator sees.',
  },
  'not-an-ews-url': {
    meaning:
      'Something answers at this URL, but it is not EWS. Often it is the address of Outlook on the web, the path /EWS/Exchange.asmx is missing, or EWS is not published on this host. A 401 would be better news: it shows that EWS is there.',
    knows:
      'The answer is 404, 405, a redirect elsewhere, or a web page with status 200. What came is observed; why is likely. If Exchange’s front end gave a routing code with the 404, the mailbox could not be located, and that is another finding.',
    commands: ['Get-WebServicesVirtualDirectory | fl Identity,InternalUrl,ExternalUrl'],
  },
  'mailbox-routing-unknown': {
    meaning:
      'The front end of Exchange is right and accepted the call, but does not know where to take it: it finds no place for this mailbox. That happens after a mailbox was moved or deleted, or when it is asked for on the wrong side of a hybrid organisation.',
    knows:
      'The answer is 404 with the header X-CasErrorCode: observed. The code in it, for example MailboxGuidWithDomainNotFound, comes from Exchange itself; a wrong path would have no such header.',
    commands: ['Get-Mailbox <mailbox>', 'Get-RemoteMailbox <mailbox>'],
  },
  'forms-login-in-front': {
    meaning:
      'Instead of EWS a login page for people answers, or a redirect to one. Portals and reverse proxies do this, and so does the address of Outlook on the web. A program cannot fill in such a page, and should not. Exchange itself asks programs with a 401.',
    knows:
      'The status is 440, or the redirect leads to an address known from login pages, such as /owa/auth or the portals of common gateways: observed. Which device it is, the address usually shows.',
  },
  'login-header-too-large': {
    meaning:
      'The request was refused because it is too large. The Kerberos ticket of an account with very many groups makes the login itself large; a small limit in IIS for what may be read before the login has the same effect. After the installation of Exchange 2019 CU14 this was also reported as a side effect; that is not confirmed.',
    knows: 'The status is 413, which is observed. Which limit was hit, the answer does not tell.',
  },
  'content-type-refused': {
    meaning:
      'The server refuses the form of the request, not its content. This program sends what EWS demands, text/xml in UTF-8, so usually something on the way changed it. Login and mailbox were not judged.',
    knows:
      'The status is 415, or 400 with Exchange’s headers, to a request known to be well-formed: observed. What changed it is not visible.',
  },
  'server-busy': {
    meaning:
      'Exchange limits how much a caller may ask for at once, and this limit was reached, or the server is short of resources. That passes by itself if one waits; calls repeated at once make it last longer. If it comes back every day, several connections may be using the same account at the same time.',
    knows:
      'The status is 429, or 503 with Exchange’s headers or a Retry-After, or EWS says ErrorServerBusy or ErrorExceededConnectionCount: observed. How long to wait is shown where the server said so. A 503 without any of these signs comes from something in front.',
  },
  'server-error-in-ews': {
    meaning:
      'The request reached the EWS application, and that failed before it could answer. It may be a passing state, after an update or a restart, or damage that shows in the event log. Login and mailbox were probably not the reason.',
    knows:
      'The status is 500 without a SOAP answer and with the signs of IIS or Exchange, or a redirect to its generic error page: observed. A 500 with a SOAP fault is something else: there EWS explains itself.',
    commands: ['Test-ServiceHealth', 'Get-HealthReport'],
  },
  'gateway-cannot-reach-exchange': {
    meaning:
      'The way leads as far as a load balancer or reverse proxy; behind it Exchange does not answer, or not in time. The device is in order and reports it. Typical are a server that is down, a failed health check, or a certificate between the two that is not trusted.',
    knows:
      'The status is 502 or 504, which by definition comes from an intermediary: observed. What is wrong behind it, its log says.',
  },
  'oauth-fell-back-to-password': {
    meaning:
      'OAuth was set up and tried first, and it did not work. Because it is allowed, the login was then made with user name and password, and that succeeded. The connection works, but not in the way that was wanted; if OAuth is meant, its own finding says what is missing. The fallback never happens at Exchange Online, because passwords do not count there.',
    knows:
      'Both logins are in the steps, the failed and the successful one: observed. It is a warning because the result is usable.',
  },

  'impersonation-header-missing': {
    meaning:
      'A token of an application belongs to no person, so each call has to say whose mailbox it is about. This one did not. As a rule the address field is empty or was not passed on. A permission is not missing here.',
    knows:
      'The answer names the element ExchangeImpersonation, a technical name that is the same in every language, and the call was sent with a token and without it: observed.',
  },
  'impersonation-header-invalid': {
    meaning:
      'The call named a mailbox on whose behalf it acts, and EWS does not accept that: the address is malformed, or this kind of login must not name one. With user name and password the mailbox of that account is meant, and naming another needs a right of its own.',
    knows:
      'EWS answers with ErrorInvalidExchangeImpersonationHeaderData: observed. Which of the two it is, the text of the server may show.',
  },
  'impersonation-denied': {
    meaning:
      'The login was accepted, but this account or application may not act for this mailbox. The right may be missing altogether or limited to other mailboxes. On an own Exchange Server it is the role ApplicationImpersonation; in Exchange Online that role has been blocked since February 2025, and RBAC for Applications has taken its place.',
    knows:
      'EWS answers with ErrorImpersonateUserDenied, ErrorImpersonationDenied or ErrorImpersonationFailed: observed. A test with a mailbox for which the right is known to exist shows whether it is missing or limited.',
    commands: [
      'New-ManagementRoleAssignment -Name "EWS impersonation" -Role ApplicationImpersonation -User <account>',
      'New-ManagementRoleAssignment -App <application ID> -Role "Application EWS.AccessAsApp"',
      'Test-ServicePrincipalAuthorization',
    ],
  },
  'mailbox-not-found': {
    meaning:
      'The login worked; there is just no mailbox with this address on this side. The address is misspelt, the mailbox has no licence yet, or it lives on the other side of a hybrid organisation: an own server does not open mailboxes of Exchange Online, and the other way round.',
    knows:
      'EWS answers with ErrorNonExistentMailbox: observed. On which side the mailbox lives is only possible, from what Autodiscover said about the address.',
  },
  'mail-address-is-alias': {
    meaning:
      'The address belongs to the mailbox, but is not its main one. EWS wants the primary address when acting on behalf of a mailbox. Mail to the alias arrives all the same, which is why this surprises.',
    knows: 'EWS answers with ErrorNonPrimarySmtpAddress and names the primary address itself: observed.',
  },
  'account-has-no-mailbox': {
    meaning:
      'The account logged in, but has no mailbox of its own, as is usual for service accounts. If a call does not say which mailbox it means, EWS takes that of the account, and there is none. The login is not at fault.',
    knows:
      'EWS answers with ErrorMissingEmailAddress: observed. With an address of another mailbox and the right to open it, the same account can work.',
  },
  'mailbox-access-denied': {
    meaning:
      'The login is good, and EWS reached the mailbox, but does not let this account or application at its content. Folder permissions, a missing role, or an access policy that limits the application to certain mailboxes are the usual reasons.',
    knows:
      'EWS answers with ErrorAccessDenied in a SOAP answer: observed. The code does not tell permission from policy; the commands show both.',
    commands: [
      'Get-MailboxPermission <mailbox>',
      'Test-ServicePrincipalAuthorization',
      'Test-ApplicationAccessPolicy -Identity <mailbox> -AppId <application ID>',
    ],
  },
  'mailbox-unavailable': {
    meaning:
      'The mailbox exists but cannot be served right now: its database is being moved or switched over, is not mounted, or another server would have to answer. This usually passes. Address, login and permission are not the reason.',
    knows:
      'EWS answers with ErrorMailboxStoreUnavailable, ErrorMailboxMoveInProgress, ErrorMailboxFailover or ErrorNoRespondingCASInDestinationSite: observed. If it lasts, it is more than a passing move, and the administrator of the server should look.',
  },
  'request-schema-refused': {
    meaning:
      'EWS read the request and does not accept its structure. Either the chosen EWS version does not know an element, or the request is built wrongly, which would be a fault of this program, or something on the way changed it. Nothing has to be corrected on the server.',
    knows:
      'EWS answers with ErrorSchemaValidation or ErrorInvalidRequest: observed. The request ID leads to the entry in the server’s log.',
  },
  'soap-error-unknown': {
    meaning:
      'EWS answered with one of its many codes, one for which this program has no explanation of its own. Code and text are shown as they came. Microsoft’s reference of response codes explains most of them in a sentence.',
    knows:
      'The code is observed; a cause is not claimed. Nothing is concluded from the wording, because servers answer in different languages.',
  },

  'server-version-too-new': {
    meaning:
      'Every EWS request names the version of the interface it is written for. The server is older than the version asked for and says so. That is no defect: with the highest version it knows, everything it can do works. “Automatic” finds that version by stepping down.',
    knows:
      'EWS answers with ErrorInvalidServerVersion, ErrorIncorrectSchemaVersion or ErrorInvalidSchemaVersionForMailboxVersion: observed. When a lower version then worked, it is a warning. Which newer names each server refuses is not fully documented, so it is tried, not assumed.',
  },
  'ews-version-not-chosen': {
    meaning:
      'No EWS version is chosen in the dialog. The test stepped down from a new one to the first that the server understands. To make the connection behave the same tomorrow, choose this version, or “automatic”.',
    knows: 'The field is empty, and the version used is the one that worked: observed.',
  },
  'server-out-of-support': {
    meaning:
      'The server runs a version of Exchange for which Microsoft no longer provides general support: Exchange 2016 and 2019 ended on 14 October 2025, older ones before. EWS works as before, and the end of EWS in Exchange Online does not concern it. Missing security updates are the reason for the warning.',
    knows:
      'The build number comes from the header X-OWA-Version or from the SOAP header of EWS, and is compared with the first build of the Subscription Edition: observed. Whether paid extended updates were bought cannot be seen from outside.',
  },
  'ews-retirement-countdown': {
    meaning:
      'Everything works today. Microsoft ends EWS in Exchange Online on 1 April 2027 for all tenants, without exceptions; before that, from 1 October 2026 on, it is to be switched off tenant by tenant unless the organisation says otherwise. The successor is Microsoft Graph. Mailboxes on an own Exchange Server keep EWS.',
    knows:
      'The host that answered belongs to Exchange Online, and the date is announced for its global cloud: observed. For the national clouds the date is not confirmed, so there the finding is only possible.',
    commands: ['Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | fl EwsEnabled,EwsAllowedAppIDs'],
  },
  'time-budget-spent': {
    meaning:
      'A run has a limited time, so that it never hangs for hours. It was over before the result was clear. That is no verdict on the configuration: something on the way or on the server answered very slowly, and the open step shows what was being waited for.',
    knows:
      'The run was ended by its own clock: observed. Which step was open is recorded; why it took so long, its observations show at best in part.',
  },
  'cause-unknown': {
    meaning:
      'The run did not succeed, and none of the known causes fits what was observed. Rather than guess, the program says so. What happened is complete in the steps; that is what support needs.',
    knows:
      'No rule gave an error for this evidence. That it failed, and at which step, is observed; nothing more is claimed.',
  },
} as const satisfies Record<string, HelpWords>
