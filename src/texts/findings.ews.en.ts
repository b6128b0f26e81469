/** English words of findings at the EWS URL: login, status, SOAP and version. */
import type { FindingWords } from './template.ts'

export const ewsFindings = {
  'oauth-not-offered-by-server': {
    title: '{host} does not offer a login with OAuth.',
    explanation:
      'It offers {offered}. OAuth for applications is a feature of Exchange Online; an own Exchange Server wants user name and password.',
    remedy: [
      'Use user name and password for this server.',
      'If the mailbox is in Exchange Online, enter the EWS URL of Exchange Online.',
    ],
  },
  'token-garbled': {
    title: '{host} could not read the token.',
    explanation: 'The server says code {code}: “{text}”. The token arrived cut off or changed.',
    remedy: [
      'Test again.',
      'If it happens again, check whether a proxy changes the Authorization header, and send the evidence to support.',
    ],
  },
  'token-user-unknown': {
    title: '{host} does not find the user of the token, or finds several.',
    explanation: 'The server says code {code}: “{text}”. Address: {email}.',
    remedy: [
      'Search for recipients with the same address.',
      'Check that UPN and primary address of the user are unique.',
    ],
  },
  'modern-auth-off': {
    title: 'Modern authentication is switched off in this Exchange organisation.',
    explanation: 'The server says code {code}: “{text}”.',
    remedy: [
      'Switch it on for the organisation (OAuth2ClientProfileEnabled).',
      'With an own server, check the steps of Hybrid Modern Authentication.',
    ],
  },
  'token-refused-unknown-code': {
    title: '{host} refused the token and gave no reason that this program knows.',
    explanation: 'Code: {code}. Text of the server: “{text}”. Login methods offered: {offered}.',
    remedy: [
      'Look up the code, if there is one, and the time of this test in the logs of the server.',
      'Send the evidence to support, so that the code can be explained in future.',
    ],
  },
  'basic-is-off-in-exchange-online': {
    title: 'Exchange Online does not accept user name and password.',
    explanation:
      'Microsoft has switched this login off, also where the server still lists it. {host} takes OAuth only. The password itself was not judged.',
    remedy: [
      'Register an application in Microsoft Entra and enter tenant ID, application ID and client secret.',
      'If the mailbox is on an own Exchange Server, enter the URL of that server.',
    ],
  },
  'login-scheme-not-offered': {
    title: '{host} does not offer the login method {scheme}.',
    explanation: 'It offers {offered}.',
    remedy: ['Set the login method to “automatic”, or to one that the server offers.'],
  },
  'ntlm-connection-not-kept': {
    title: 'The NTLM login to {host} was torn apart on the way.',
    explanation:
      'NTLM belongs to one connection, and the connection did not stay the same. So the password of {user} was not judged.',
    remedy: [
      'Switch off connection sharing and HTTP/2 for /ews on proxies and load balancers in front of {host}.',
      'Check that they keep connections open during the login.',
    ],
  },
  'wrong-password-or-user-name': {
    title: '{host} did not accept user name and password.',
    explanation:
      'Tried once, with the method {scheme}. Account: {user}. Password, form of the user name, or the account itself is the reason. It was not tried again, so that the account is not locked.',
    remedy: [
      'Enter the password again.',
      'Enter the user name the way the server wants it: DOMAIN\\user, or user@domain where it differs from the address.',
      'Have checked whether the account is locked or disabled.',
    ],
  },
  'extended-protection-suspected': {
    title: 'Extended Protection on {host} may refuse this login.',
    explanation:
      'The handshake was complete and still refused. Server build: {build}. The same login was good at: {otherUrl}. That fits a channel binding that something between here and the server breaks.',
    remedy: [
      'Compare the certificate on the load balancer with the one in IIS: they have to be the same.',
      'Check the setting of Extended Protection at the virtual directory EWS.',
      'TLS offloading cannot be combined with Extended Protection.',
    ],
  },
  'account-locked': {
    title: 'The account {user} is locked.',
    explanation: '{host} says so. Further attempts would only prolong it, so none was made.',
    remedy: [
      'Unlock the account in Active Directory, or wait until the lock ends.',
      'Find out which device or service still uses an old password.',
    ],
  },
  'password-expired': {
    title: 'The password of {user} has expired or has to be changed.',
    explanation: '{host} refuses the login until then.',
    remedy: [
      'Log in to Outlook on the web or Windows with this account and change the password.',
      'Enter the new password here.',
    ],
  },
  'account-disabled': {
    title: 'The account {user} is disabled.',
    explanation: '{host} knows the account and does not let it log in.',
    remedy: ['Enable the account, or use another one.'],
  },
  'intermittent-401': {
    title: '{host} accepted the login and then refused the same login.',
    explanation:
      'Method {scheme}. Often one of several servers behind the address is set up differently, or the server throttles. Servers that answered: {servers}.',
    remedy: ['Compare authentication and clock of the servers named above.', 'Test again after some minutes.'],
  },
  'gateway-preauthentication': {
    title: 'A gateway in front of {host} wants a login of its own.',
    explanation:
      'The 401 shows no sign of Exchange. Offered: {offered}, realm {realm}, server {server}. The password was not judged by Exchange.',
    remedy: ['Publish /ews and /autodiscover without pre-authentication, so that Exchange itself asks for the login.'],
  },
  'ntlm-unavailable-on-platform': {
    title: 'This machine cannot log in with {scheme}.',
    explanation:
      '{host} offers {offered}, and the demanded method needs a library or a domain membership that is missing here.',
    remedy: ['Set the login method to “automatic” or “ntlm”.', 'Or use a machine that belongs to the domain.'],
  },
  'kerberos-ticket-refused': {
    title: '{host} did not accept the Kerberos ticket of this session.',
    explanation:
      'The ticket reached the server and was answered by a refusal. No password was sent. The answer does not say why: the account may have no access, the service principal name of this host may be missing or registered twice, or Extended Protection is set to “Required”, which a ticket from this tool cannot meet.',
    remedy: [
      'Enter user name and password, so that NTLM with channel binding is used.',
      'Have checked with setspn -Q HTTP/{host} that the name is registered exactly once, for the account of the Exchange servers.',
      'Check with klist whose ticket this session holds.',
    ],
  },
  'password-charset-suspected': {
    title: 'Special characters in user name or password may be the reason.',
    explanation: 'With the method {scheme}, servers do not agree on how characters such as ä, ö, ü or € are sent.',
    remedy: [
      'Try a login method such as NTLM, or a password without such characters.',
      'Or try once more with the character set Latin-1 (“More options”, or --basic-charset latin-1). That is a login of its own: it counts at the server like every other.',
    ],
  },
  'ews-permission-missing': {
    title: 'Exchange Online accepts the token, but the application may not use EWS.',
    explanation:
      'The server says code {code}. Permissions in the token: {roles}. Either the permission full_access_as_app with consent is missing, or the assignment in Exchange.',
    remedy: [
      'Open “API permissions” of the application {clientId}, add “Office 365 Exchange Online” → “Application permissions” → full_access_as_app, and choose “Grant admin consent”.',
      'Or assign the role “Application EWS.AccessAsApp” in Exchange Online, limited to certain mailboxes.',
      'A change may take up to two hours to work.',
    ],
  },
  'app-only-unsupported-on-premises': {
    title: 'The own server {host} does not let applications in with OAuth.',
    explanation:
      'It understood the token and refused it with code {code}. Application logins are documented for Exchange Online only.',
    remedy: ['Use user name and password (NTLM or Negotiate) for this server.'],
  },
  'ews-disabled-for-organization': {
    title: 'EWS may be switched off for the whole organisation.',
    explanation:
      'Exchange Online answered 403 although the login was accepted. Since October 2026 Microsoft switches EWS off tenant by tenant. One test cannot tell this from a block of the application or of the mailbox {email}.',
    remedy: [
      'Look at the setting EwsEnabled of the organisation.',
      'Switch EWS on; that is possible until 31 March 2027.',
      'It may take up to 24 hours to work.',
    ],
  },
  'ews-app-not-allowed': {
    title: 'The application may be missing in the list of allowed EWS applications.',
    explanation:
      'Exchange Online may refuse applications that are not in EwsAllowedAppIDs. How such a refusal looks is not documented, so this is one of several possibilities.',
    remedy: [
      'Read the list EwsAllowedAppIDs.',
      'Set it again with all IDs and this one. Attention: the command replaces the whole list.',
      'It may take up to 24 hours to work.',
    ],
  },
  'ews-disabled-for-mailbox': {
    title: 'EWS may be switched off for the mailbox {email}.',
    explanation:
      'The server answered {status}. A setting of the mailbox, an access policy or a licence without EWS (F1, F3) can be the reason.',
    remedy: [
      'Look at the settings of EWS at the mailbox.',
      'Switch EWS on there, if needed.',
      'In Exchange Online, also check access policies for the application, and the licence of the mailbox.',
    ],
  },
  'consumer-mailbox-unsupported': {
    title: '{email} is a private Microsoft mailbox, and those have no EWS.',
    explanation: 'Mailboxes of {domain} belong to the consumer service, which answers EWS with {status}.',
    remedy: ['Use a mailbox of Exchange Online (Microsoft 365 for business) or of an own Exchange Server.'],
  },
  'forbidden-by-iis-or-gateway': {
    title: 'The web server on {host} does not let the request through.',
    explanation:
      'It answered {subStatus}, before Exchange was asked. That is a rule of IIS or of a gateway, such as an IP restriction, SSL settings or a client certificate.',
    remedy: [
      'Check IP restrictions and SSL settings of the EWS virtual directory in IIS.',
      'Check the rules of gateways in front of {host}.',
    ],
  },
  'not-an-ews-url': {
    title: 'EWS does not answer at {url}.',
    explanation:
      'The answer was status {status}, as from another page. It leads to: {location}. Probably the path or the host is not the right one.',
    remedy: [
      'The URL has to end in /EWS/Exchange.asmx.',
      'Use “Get URL”, or ask for ExternalUrl of the virtual directory EWS.',
    ],
  },
  'mailbox-routing-unknown': {
    title: 'Exchange on {host} does not know where the mailbox is.',
    explanation:
      'The front end answered {status} with the code {code}. The mailbox was moved, deleted, or belongs to the other side of a hybrid organisation.',
    remedy: ['Look up where the mailbox lives.', 'Use “Get URL” again.'],
  },
  'forms-login-in-front': {
    title: 'A login page for people stands in front of EWS on {host}.',
    explanation: 'The answer was status {status}. It leads to: {location}. A program cannot log in there.',
    remedy: [
      'Exempt /ews and /autodiscover from the forms login of the gateway.',
      'Check that the URL is that of EWS, not of Outlook on the web.',
    ],
  },
  'login-header-too-large': {
    title: '{host} refuses the login because the request is too large.',
    explanation:
      'Status {status}. Accounts with many groups have large Kerberos tickets; a small uploadReadAheadSize in IIS has the same effect.',
    remedy: [
      'Raise uploadReadAheadSize of the EWS application in IIS, or MaxFieldLength and MaxRequestBytes of HTTP.sys.',
      'Or use an account with fewer groups.',
    ],
  },
  'content-type-refused': {
    title: '{host} refuses the form of the request.',
    explanation:
      'Status {status}, although the request is correct. Something on the way may change it. Request ID: {requestId}.',
    remedy: ['Check whether a proxy changes requests to {host}.', 'Send the evidence to support.'],
  },
  'server-busy': {
    title: '{host} is busy and wants to be left alone for a while.',
    explanation: 'The server throttles the calls (status {status}). Wait demanded, in seconds: {seconds}.',
    remedy: [
      'Wait and test again.',
      'If it happens often, reduce parallel calls or have the throttling policy checked.',
    ],
  },
  'server-error-in-ews': {
    title: 'The EWS application on {host} failed.',
    explanation: 'Status {status}, without an answer of EWS. Request ID: {requestId}.',
    remedy: [
      'Look up the request ID in the logs under Logging\\Ews, and in the event log.',
      'Check the health of the services.',
    ],
  },
  'gateway-cannot-reach-exchange': {
    title: 'A gateway in front of {host} does not reach Exchange.',
    explanation: 'Status {status}: the gateway is there, the server behind it did not answer it.',
    remedy: [
      'Check the pool members and health probes of the load balancer or reverse proxy.',
      'Check that Exchange behind it is running.',
    ],
  },
  'oauth-fell-back-to-password': {
    title: 'OAuth did not work; the login was made with user name and password.',
    explanation: '{user} logged in at {host} with {scheme}. The reason why OAuth failed is listed as its own finding.',
    remedy: [
      'Correct OAuth, or remove its IDs if this server does not need it.',
      'Or switch the fallback off, if passwords must not be used.',
    ],
  },

  'impersonation-header-missing': {
    title: 'EWS wants to know whose mailbox is meant.',
    explanation: 'With an application token each call has to name a mailbox. Text of the server: “{text}”.',
    remedy: ['Enter the e-mail address of a mailbox, and test again.'],
  },
  'impersonation-header-invalid': {
    title: 'EWS does not accept the way the mailbox was named.',
    explanation: 'Code: {code}. Mailbox: {email}. Text of the server: “{text}”.',
    remedy: ['Check the e-mail address.', 'With user name and password, use the mailbox of that account.'],
  },
  'impersonation-denied': {
    title: '{user} may not act for the mailbox {email}.',
    explanation: 'The login worked, the right of impersonation is missing ({code}).',
    remedy: [
      'Exchange Server: assign the role ApplicationImpersonation to the account.',
      'Exchange Online: assign the role “Application EWS.AccessAsApp” to the application.',
    ],
  },
  'mailbox-not-found': {
    title: 'The mailbox {email} does not exist on {host}.',
    explanation:
      'The login worked, the mailbox was not found ({code}). It has a typing mistake, no licence, or is on the other side of a hybrid organisation. Other server that Autodiscover names: {otherSide}.',
    remedy: [
      'Check the address and the licence of the mailbox.',
      'In a hybrid organisation, use the URL of the side on which the mailbox is.',
    ],
  },
  'mail-address-is-alias': {
    title: '{email} is an alias; EWS wants the primary address.',
    explanation: 'EWS opens a mailbox by its primary address only. The server names as that: {primary}.',
    remedy: ['Enter the primary address and test again.'],
  },
  'account-has-no-mailbox': {
    title: 'The account {user} logged in, but has no mailbox of its own.',
    explanation: 'EWS needs a mailbox ({code}).',
    remedy: [
      'Enter the address of a mailbox that this account may open, with the right of impersonation.',
      'Or use an account with a mailbox.',
    ],
  },
  'mailbox-access-denied': {
    title: 'EWS does not give {user} access to the mailbox {email}.',
    explanation: 'The login worked, access to the mailbox was refused ({code}). Text of the server: “{text}”.',
    remedy: [
      'Exchange Server: check the permissions of the mailbox and its folders.',
      'Exchange Online: check what the application may open.',
    ],
  },
  'mailbox-unavailable': {
    title: 'The mailbox {email} is not available at the moment.',
    explanation:
      'Exchange says {code}: the database is moving, switching over or dismounted, or another server has to serve it.',
    remedy: ['Wait some minutes and test again.', 'If it lasts, have the state of the mailbox database checked.'],
  },
  'request-schema-refused': {
    title: 'EWS does not understand the request.',
    explanation: 'Code {code}. Text of the server: “{text}”. Request ID: {requestId}.',
    remedy: [
      'Choose another EWS version, or “automatic”, and test again.',
      'If it lasts, send the evidence to support.',
    ],
  },
  'soap-error-unknown': {
    title: 'EWS refused with a code that this program does not explain: {code}.',
    explanation: 'Text of the server: “{text}”. Request ID: {requestId}.',
    remedy: [
      'Look up the request ID in the logs of {host}.',
      'Look up the code in Microsoft’s list of EWS response codes.',
    ],
  },

  'server-version-too-new': {
    title: '{host} does not support the EWS version {asked}.',
    explanation: 'It answered {code}. Highest version that works here: {works}.',
    remedy: ['Choose the version that works, or “automatic”.'],
  },
  'ews-version-not-chosen': {
    title: 'No EWS version is chosen.',
    explanation: 'The test looked for one by itself. Highest version that works here: {works}.',
    remedy: ['Choose the version that works, or “automatic”.'],
  },
  'server-out-of-support': {
    title: '{product} on {host} is out of support.',
    explanation:
      'Build {build}. Support for Exchange 2016 and 2019 ended on 14 October 2025, for older versions before that.',
    remedy: ['Plan the upgrade to Exchange Server Subscription Edition.'],
  },
  'ews-retirement-countdown': {
    title: {
      one: 'EWS works, but ends in Exchange Online on {date}, in {days} day.',
      other: 'EWS works, but ends in Exchange Online on {date}, in {days} days.',
    },
    explanation:
      'Microsoft switches EWS off for all tenants then. For national clouds the date is not confirmed. Own Exchange servers are not concerned; the successor is Microsoft Graph.',
    remedy: [
      'Check that EWS stays on until then.',
      'Ask the maker of your application about its change to Microsoft Graph.',
    ],
  },
  'time-budget-spent': {
    title: 'The time for this run was over before there was a verdict.',
    explanation: 'After {seconds} s it was still at the step “{openStep}”.',
    remedy: [
      'Test again with more time (--timeout).',
      'Look at the open step: what it waited for is what takes the time.',
    ],
  },
  'cause-unknown': {
    title: 'It does not work, and no known cause explains it.',
    explanation:
      'The run ended at the step “{openStep}”, last status: {status}. The steps show everything that was observed.',
    remedy: ['Look at the step that failed.', 'Save the report and send it to support.'],
  },
} as const satisfies Record<string, FindingWords>
