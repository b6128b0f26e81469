/** English help on findings about tenant, application and token. */
import type { HelpWords } from './help.ts'

export const identityHelp = {
  'client-secret-wrong': {
    meaning:
      'Entra ID knows the application, but none of its client secrets is the one that was sent. Usually it was cut off while copying, has a blank at its end, or belongs to another application. When a secret is handed over in a command line, the shell may have eaten characters such as “$” or “!”. An expired secret would get another code.',
    knows:
      'Entra ID answers the token request with AADSTS7000215, and the typed secret does not have the form of a GUID: observed. With that form the finding would be that the secret ID was entered instead of the value.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → Certificates & secrets → New client secret',
    ],
  },
  'client-secret-expired': {
    meaning:
      'A client secret is made for a limited time, usually 6 to 24 months. This one was right and is over. Nothing else is broken: with a new secret the same application and its permissions keep working. If you enter the end date of the new one in the dialog, the program reminds you 30 days ahead.',
    knows:
      'Entra ID answers the token request with AADSTS7000222: observed. A wrong secret would get a different code, so it is certain that this one belonged to the application.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → Certificates & secrets → New client secret',
    ],
  },
  'application-not-in-tenant': {
    meaning:
      'The tenant that was asked does not know an application with this ID. Either the ID is another one, such as an object ID, or the application lives in a different tenant than the one that was typed, or nobody in this tenant has consented to it yet. Copying both IDs from the same overview page rules out the first two.',
    knows:
      'Entra ID answers with AADSTS700016 or AADSTS700011: observed. Which of the two IDs is the wrong one, the code does not say; for comparison the finding names the tenant that Entra ID assigns to the mail domain. If that differs from the typed one, look there first.',
    commands: ['Microsoft Entra admin center → App registrations → your application → Overview'],
  },
  'tenant-not-found': {
    meaning:
      'The login service has no tenant with this ID or domain. A typing mistake is one reason; the other is that the tenant belongs to another Microsoft cloud, such as those for the US government or China, which have login services of their own. Also possible is a tenant without any subscription.',
    knows:
      'Entra ID answers with AADSTS90002, or it knows no OpenID configuration for this tenant, which is asked anonymously: observed. If the same question succeeds at another cloud, the finding is that the wrong cloud is chosen.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → Overview → Directory (tenant) ID',
    ],
  },
  'wrong-cloud': {
    meaning:
      'Microsoft runs several clouds that know nothing of each other’s tenants: the global one, those for the US government, the one in China, and sovereign ones in Europe. The tenant was asked for in one and lives in another. Login service, scope and EWS host all follow from this choice, so it is one setting that corrects everything.',
    knows:
      'Entra ID says it with AADSTS90038, 900382 or 900432, or the tenant was found anonymously at the login service of another cloud: observed. For the sovereign clouds in France and Germany the scope for EWS is not confirmed.',
  },
  'enterprise-application-missing': {
    meaning:
      'An application consists of two parts: the registration, which describes it, and an enterprise application in every tenant that uses it. Here the second part is missing. That happens with an application from another tenant that nobody has consented to, or after somebody deleted the entry. Admin consent creates it again.',
    knows:
      'Entra ID answers with AADSTS7000229: observed. The answer does not tell whether the entry was deleted or never existed.',
    commands: ['Microsoft Entra admin center → Enterprise applications'],
  },
  'application-disabled': {
    meaning:
      'The enterprise application exists, and somebody has switched it off, or Microsoft has. As long as that lasts Entra ID issues no token for it, whatever secret is used. The switch concerns the login of the application as a whole, not a single user.',
    knows:
      'Entra ID answers with AADSTS7000112 or AADSTS70001: observed. The second code is also used when an application is not found, so compare the application ID too.',
    commands: [
      'Microsoft Entra admin center → Enterprise applications → your application → Properties → Enabled for users to sign in?',
    ],
  },
  'scope-wrong': {
    meaning:
      'The scope says for which service a token is wanted. An application that logs in by itself asks for the service as a whole, written as its address with “/.default”; a single permission such as EWS.AccessAsUser.All is meant for users and is refused here. This program builds the scope from the chosen cloud, so a wrong cloud is the first thing to check.',
    knows: 'Entra ID answers with AADSTS70011, 1002012 or 28002: observed. The finding shows the scope that was sent.',
  },
  'exchange-resource-missing': {
    meaning:
      'In every tenant with Exchange Online there is an entry for this service. Entra ID does not find it here, so there is nothing for which a token could be issued. Either the tenant has no licences with Exchange Online, or it is not the tenant, or not the cloud, that was meant.',
    knows:
      'Entra ID answers with AADSTS500011, 650052 or 50001: observed. Which of the three reasons holds, the code does not say.',
  },
  'admin-consent-missing': {
    meaning:
      'A permission counts only once an administrator has consented to it for the whole tenant. It is added to the registration first, which changes nothing yet; the consent is a second click. For EWS it has to be the permission of “Office 365 Exchange Online”; those of Microsoft Graph, such as Mail.Read, give nothing here.',
    knows:
      'Entra ID refuses the token with AADSTS65001, 650056, 65005 or 650057: observed. In practice a missing permission often shows only later: then a token is issued without it, and EWS answers 403.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → API permissions → APIs my organization uses → Office 365 Exchange Online → Application permissions → full_access_as_app',
      'Microsoft Entra admin center → App registrations → your application → API permissions → Grant admin consent',
    ],
  },
  'client-certificate-refused': {
    meaning:
      'Instead of a secret an application may prove itself with a certificate: it signs its request, and Entra ID checks the signature with the public key that was uploaded. Here that check failed. The certificate was not uploaded, is another one than expected, or has expired.',
    knows:
      'Entra ID answers with AADSTS700027 or AADSTS50012: observed. The second code is a general one for failed authentication; compare the thumbprint of the certificate with the one in the portal.',
    commands: ['Microsoft Entra admin center → App registrations → your application → Certificates & secrets'],
  },
  'conditional-access-blocks-application': {
    meaning:
      'IDs and secret were right. A Conditional Access policy that also applies to applications, for example by location or risk, does not allow this login. It has nothing to do with Exchange, and another secret will not help. The log of sign-ins names the policy.',
    knows:
      'Entra ID answers the application’s token request with AADSTS53003: observed. Which policy it was, the answer does not tell; correlation ID and time lead to the entry in the log.',
    commands: ['Microsoft Entra admin center → Sign-in logs → Service principal sign-ins → Conditional Access'],
  },
  'token-requests-throttled': {
    meaning:
      'The login service was asked for tokens more often than it accepts and refuses for a while. A token for EWS lives for about an hour and should be kept that long; a program that fetches a new one for every call provokes this. It may be another program that uses the same application.',
    knows:
      'Entra ID answers with AADSTS50196 or AADSTS90055, or with status 429: observed. This run did not ask again. It says nothing about secret and permissions.',
  },
  'login-service-unavailable': {
    meaning:
      'The login service answered, but reported trouble of its own. That is on Microsoft’s side and usually passes within minutes. Nothing follows for tenant, application or secret, because they were not judged.',
    knows:
      'The answer is AADSTS90033, the error “temporarily_unavailable”, or a status from 500 on with the login service’s own headers: observed. A status from 500 on without these headers would come from something on the way.',
  },
  'public-client-cannot-have-secret': {
    meaning:
      'The ID belongs to an application that is registered as a public client, such as an app on phones or desktops. Such programs cannot keep a secret, so Entra ID accepts none from them. For a login without a person an application of the confidential kind is needed.',
    knows:
      'Entra ID answers with AADSTS700025: observed. It can also mean that the ID of somebody else’s application was entered.',
    commands: ['Microsoft Entra admin center → App registrations → New registration'],
  },
  'tenant-restricted-by-network': {
    meaning:
      'The company’s network, or a policy between tenants, allows logins only to certain tenants, and this one is not among them. With tenant restrictions a proxy adds a list to each login; Entra ID obeys it. In the next network the same login may work.',
    knows:
      'Entra ID answers with AADSTS500021, 500022, 500212 or 500213, or EWS refuses with the code 2000020: observed. Credentials were not judged. Whether the proxy or a policy of the tenant is behind it, the administrator of the network can tell.',
  },
  'interactive-login-required': {
    meaning:
      'A policy of the tenant demands more than user name and password: a second factor, registration for one, or a device that is known. A program that only hands over a password cannot take this step, and it is not the password that is at fault. An application with its own secret is the way that Microsoft intends for programs.',
    knows:
      'Entra ID answers to a login with a password with one of the codes AADSTS50072, 50074, 50076, 50078, 50079, 50158, 530032 or 530035: observed. None of them says that the password is wrong.',
  },
  'public-client-flow-not-allowed': {
    meaning:
      'An application can fetch a token with the user name and password of a person, without a secret of its own. Entra ID allows that only where the app registration allows public client flows; otherwise it wants a client secret. This program does not log in that way; others do, such as the connector of a business application.',
    knows:
      'Entra ID answers such a login with AADSTS7000218, although no client secret is meant: observed. A pasted answer alone does not tell which login it was; then the finding is only possible and stands beside the missing client secret.',
    commands: ['App registrations → <application> → Authentication → Allow public client flows'],
  },
  'entra-code-unknown': {
    meaning:
      'Entra ID refused the token and gave a code for which this program has no explanation yet. Microsoft adds codes and changes texts, so this is to be expected now and then. The text of the answer is shown as it came; nothing is concluded from its wording.',
    knows:
      'The answer is an error in the form of the login service, and no rule knows its codes. That it refused is observed; a cause is not claimed. The correlation ID leads to the entry in the sign-in log, which often says more.',
    commands: ['https://login.microsoftonline.com/error?code=<number>', 'Microsoft Entra admin center → Sign-in logs'],
  },
  'answer-not-from-entra': {
    meaning:
      'Something answered in place of the login service: a login page of the network, a web filter, a proxy with a message of its own. The request for a token may not have arrived at Microsoft at all. In a browser the same network can look fine, because there the page is shown to a person.',
    knows:
      'The answer is no JSON of the token endpoint and lacks the header x-ms-request-id by which the login service is known. That makes it likely; a fault at Microsoft’s own front could in theory look like this too.',
  },

  'token-audience-wrong': {
    meaning:
      'Every token says for which service it is meant. This one is meant for another than the Exchange that was asked; a token for Microsoft Graph, for example, gives nothing at EWS. Scopes of two services in one request, or the scope of another cloud, lead to this. An own server with Hybrid Modern Authentication expects its own external https address, registered in Entra ID.',
    knows:
      'Either the server says so with the code 2000003 or the category “invalid_resource” in x-ms-diagnostics, or the claim aud of the token is none of those that this cloud’s Exchange accepts: observed. The claims are read without checking the signature. If EWS accepts the token all the same, it is only a warning.',
  },
  'token-tenant-wrong': {
    meaning:
      'The token was issued by one tenant, the server trusts another. With an own Exchange Server in a hybrid organisation this shows that a different tenant ID was entered than the one with which the server was connected. Another secret or more permissions do not help.',
    knows:
      'The server says so with the code 2000004 or the category “invalid_tenant”, or the tenant in the token differs from the one that the server names after “@” in trusted_issuers: observed. Exchange Online names “@*” there, which stands for any tenant and proves nothing.',
  },
  'token-without-roles': {
    meaning:
      'The token contains neither application permissions (roles) nor delegated ones (scp). There are two explanations. With RBAC for Applications, Exchange keeps the permission itself and the token stays empty: everything is in order. Otherwise the permission full_access_as_app or its consent is missing. The token alone cannot tell these apart.',
    knows:
      'The token was decoded, and the claims are not there: their absence is observed. It is never more than a warning; what EWS answers decides. A 403 with the code 2000008 speaks for the missing permission, a successful call for RBAC.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → API permissions',
      'New-ManagementRoleAssignment -App <application ID> -Role "Application EWS.AccessAsApp"',
      'Test-ServicePrincipalAuthorization',
    ],
  },
  'token-is-delegated': {
    meaning:
      'The token speaks for a person: it carries delegated permissions such as EWS.AccessAsUser.All. With it only the mailboxes of this person can be opened. For one connection that serves all users a token of the application itself is needed, with the permission full_access_as_app.',
    knows:
      'The decoded token has the claim scp and no roles: observed. The claims are read without checking the signature; if EWS accepts the token, it is only a warning.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → API permissions → Application permissions → full_access_as_app',
    ],
  },
  'token-expired': {
    meaning:
      'Tokens of this kind live for about an hour. The server looked at its own clock and found this one over. Either an old token was used again, or the clocks differ so much that even a fresh one looks expired.',
    knows:
      'The server refused with 401, and the claim exp of the token lies before the time in its own header Date: observed. If a difference between the clocks is found, that finding is given instead.',
  },
} as const satisfies Record<string, HelpWords>
