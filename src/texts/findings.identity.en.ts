/** English words of findings about tenant, application and token. */
import type { FindingWords } from './template.ts'

export const identityFindings = {
  'client-secret-wrong': {
    title: 'Entra ID does not accept the client secret.',
    explanation:
      'The application {clientId} in the tenant {tenant} exists, but the secret is not one of its own ({code}). Often it was cut off while copying, or belongs to another application.',
    remedy: [
      'Open “Certificates & secrets” of the application {clientId}.',
      'Create a new client secret and copy the column “Value”.',
      'Enter it and test again.',
    ],
  },
  'client-secret-expired': {
    title: 'The client secret has expired.',
    explanation: 'Entra ID knows the secret of the application {clientId}, but its time is over ({code}).',
    remedy: [
      'Open “Certificates & secrets” of the application {clientId} and create a new client secret.',
      'Copy the column “Value”, enter it here, and note its end date so that a reminder comes in time.',
    ],
  },
  'application-not-in-tenant': {
    title: 'The tenant {tenant} does not know the application {clientId}.',
    explanation:
      'Either the application ID or the tenant ID is from somewhere else ({code}). Tenant of the mail domain, as Entra names it: {tenantOfDomain}.',
    remedy: [
      'Open the overview of the app registration and copy both IDs from the same page.',
      'Take “Application (client) ID”, not “Object ID”.',
    ],
  },
  'tenant-not-found': {
    title: 'Entra ID does not know the tenant {tenant}.',
    explanation:
      'The login service {host} has no such tenant. It may be a typing mistake, or the tenant may be in another Microsoft cloud. Tenant of the mail domain, as Entra names it: {tenantOfDomain}.',
    remedy: [
      'Copy “Directory (tenant) ID” from the overview of the app registration.',
      'Check that the right cloud is chosen (now: {cloud}).',
    ],
  },
  'wrong-cloud': {
    title: 'The tenant {tenant} belongs to another Microsoft cloud.',
    explanation:
      'It was asked for with the setting “{cloud}”. Its login service is another one. Host concerned: {host}.',
    remedy: ['Choose the cloud in which the tenant lives, then test again.'],
  },
  'enterprise-application-missing': {
    title: 'The application {clientId} has not been added to the tenant {tenant}.',
    explanation:
      'The registration exists, but the tenant has no enterprise application for it ({code}). This happens without consent, or after it was deleted.',
    remedy: [
      'Open https://{host}/{tenant}/adminconsent?client_id={clientId} and grant admin consent.',
      'Check that the application appears under “Enterprise applications”.',
    ],
  },
  'application-disabled': {
    title: 'The application {clientId} is disabled.',
    explanation: 'Entra ID issues no tokens for it ({code}).',
    remedy: [
      'Open “Enterprise applications”, select the application, then “Properties”.',
      'Set “Enabled for users to sign in?” to “Yes” and save.',
    ],
  },
  'scope-wrong': {
    title: 'Entra ID does not accept the requested scope.',
    explanation:
      'Entra ID refuses it ({code}). Requested: {scope}. For an application it has to be the Exchange host of the cloud with /.default.',
    remedy: ['Check that the right cloud is chosen (now: {cloud}), and test again.'],
  },
  'exchange-resource-missing': {
    title: 'The tenant {tenant} has no Exchange Online.',
    explanation:
      'Entra ID does not find the resource behind {scope} in the tenant ({code}). Either licences with Exchange Online are missing, or the tenant or cloud is another one.',
    remedy: ['Check that the tenant has licences that include Exchange Online.', 'Check tenant ID and cloud.'],
  },
  'admin-consent-missing': {
    title: 'The consent of an administrator is missing for the application {clientId}.',
    explanation: 'Entra ID refuses the token because permission or consent is missing in the tenant {tenant} ({code}).',
    remedy: [
      'Open “API permissions” of the app registration.',
      'Add “APIs my organization uses” → “Office 365 Exchange Online” → “Application permissions” → full_access_as_app.',
      'Choose “Grant admin consent”.',
    ],
  },
  'client-certificate-refused': {
    title: 'Entra ID does not accept the certificate of the application.',
    explanation: 'The signature of the request does not match a certificate of the application {clientId} ({code}).',
    remedy: [
      'Upload the public key under “Certificates & secrets”.',
      'Check thumbprint and expiry of the certificate.',
    ],
  },
  'conditional-access-blocks-application': {
    title: 'A Conditional Access policy blocks the application.',
    explanation:
      'The IDs and the secret were accepted, a policy of the tenant refuses the token ({code}). Correlation ID: {correlationId}. Time: {time}.',
    remedy: [
      'Open “Sign-in logs”, tab “Service principal sign-ins”, and search for correlation ID {correlationId}.',
      'The tab “Conditional Access” of the entry names the policy.',
      'Exclude the application {clientId} from it, or allow the address of this machine.',
    ],
  },
  'token-requests-throttled': {
    title: 'Entra ID was asked for tokens too often.',
    explanation: 'The login service refuses for a while ({code}). No further request was made in this run.',
    remedy: [
      'Wait some minutes and test again.',
      'Check whether another program with the application {clientId} asks for a token at each call.',
    ],
  },
  'login-service-unavailable': {
    title: 'The login service {host} is not available at the moment.',
    explanation: 'It answered with status {status} ({code}). This says nothing about the configuration.',
    remedy: ['Wait some minutes and test again.', 'If it lasts, look at the service health page of Microsoft 365.'],
  },
  'public-client-cannot-have-secret': {
    title: 'The application {clientId} is registered as a public client and cannot use a secret.',
    explanation: 'Entra ID refuses a client secret from an application of this kind ({code}).',
    remedy: [
      'Register an application of its own with platform “Web” or without a platform, and create its client secret.',
    ],
  },
  'tenant-restricted-by-network': {
    title: 'A network policy does not allow access to the tenant {tenant}.',
    explanation:
      'Tenant restrictions are set by a proxy, or by a cross-tenant policy ({code}). The credentials were not judged.',
    remedy: ['Add the tenant {tenant} to the tenants that the proxy or the policy allows.'],
  },
  'interactive-login-required': {
    title: 'This account has to log in interactively, for example with multi-factor authentication.',
    explanation: 'A policy of the tenant demands a step that a program cannot take ({code}).',
    remedy: ['Use an application with client secret (OAuth) instead of user name and password.'],
  },
  'public-client-flow-not-allowed': {
    title: 'The application {clientId} may not log in with user name and password.',
    explanation:
      'Entra ID wants a client secret ({code}), although this login is meant to have none. Public client flows are not allowed for the application.',
    remedy: [
      'Open “Authentication” of the app registration and set “Allow public client flows” to “Yes”.',
      'Better for a program without a person in front of it: use a client secret instead of user name and password.',
    ],
  },
  'entra-code-unknown': {
    title: 'Entra ID refused the token with a code that this program does not know.',
    explanation:
      'Code: {code}. Error: {error}. Entra ID gave as reason: “{text}”. Correlation ID: {correlationId}. Time: {time}.',
    remedy: [
      'Look the code up on Microsoft’s page of Entra error codes.',
      'Search for correlation ID {correlationId} in “Sign-in logs” of the tenant.',
    ],
  },
  'answer-not-from-entra': {
    title: 'The answer for {host} does not come from Entra ID.',
    explanation:
      'It has status {status} and lacks everything by which the login service is known. Usually a proxy or a portal answered.',
    remedy: ['Let requests to {host} pass without login page, inspection or rewriting.'],
  },

  'token-audience-wrong': {
    title: 'The token was issued for another service.',
    explanation:
      'Made out for: {audience}. Accepted there: {expected}. A token for Microsoft Graph gives nothing at EWS.',
    remedy: [
      'Check that the right cloud is chosen.',
      'With an own server, its external https URL has to be registered as service principal name.',
    ],
  },
  'token-tenant-wrong': {
    title: 'The token comes from a tenant that {host} does not trust.',
    explanation:
      'Exchange takes tokens only from tenants that it trusts. Issued by: {tenant}. Named by the server: {expected}.',
    remedy: ['Enter the tenant ID that belongs to this Exchange organisation.'],
  },
  'token-without-roles': {
    title: 'The token carries no permission.',
    explanation:
      'That is normal with RBAC for Applications, where Exchange keeps the permission itself. Otherwise full_access_as_app or its consent is missing. What EWS answers decides.',
    remedy: [
      'If EWS refuses: open “API permissions” of the application {clientId}, add “Office 365 Exchange Online” → “Application permissions” → full_access_as_app, and grant admin consent.',
      'Or assign the role “Application EWS.AccessAsApp” in Exchange Online.',
    ],
  },
  'token-is-delegated': {
    title: 'The token belongs to a user, not to the application.',
    explanation:
      'It carries the delegated permissions {scopes}. Access to all mailboxes needs an application permission.',
    remedy: [
      'Add the application permission full_access_as_app to the application {clientId} and grant admin consent.',
    ],
  },
  'token-expired': {
    title: '{host} refused the token because it has expired.',
    explanation: 'It ended at {until}; by the server’s clock it is {serverTime}.',
    remedy: [
      'Test again, so that a new token is fetched.',
      'If it happens again, compare the clocks of this machine and of the server.',
    ],
  },
} as const satisfies Record<string, FindingWords>
