/** English help on findings that rest on more than one call, or on what a call lacked. */
import type { HelpWords } from './help.ts'

export const attemptHelp = {
  'stale-oauth-keys-on-server': {
    meaning:
      'An own server with modern authentication checks the signature of a token with keys that it has fetched from Entra ID. Entra ID changes these keys from time to time. A server that has not renewed them refuses every token, good ones too, and suddenly, although nobody changed anything. Users with Outlook notice it as well.',
    knows:
      'The server answered 401 with the word invalid_token and without a code, it names the tenant that it trusts, and in the claims of the token nothing is wrong: audience, tenant, permission and time fit. That makes it possible and no more, because other mistakes of the server look the same from outside. The refusal itself stands beside it as a finding of its own.',
    commands: [
      'Set-AuthServer EvoSts -RefreshAuthMetadata',
      'Get-AuthServer | fl Name,IsDefaultAuthorizationEndpoint,TokenIssuingEndpoint',
    ],
  },
  'user-name-form-wrong': {
    meaning:
      'Exchange knows an account by several names: DOMAIN\\user, the user principal name, and the e-mail address. They are often alike and sometimes not, and a server takes only those that its directory knows. The password is the same for all of them. A wrong form is answered like a wrong password.',
    knows:
      'Both forms were sent in one run, the second one only because it was asked for, and once each: the first was refused, the second logged in. That is observed. Without a second form the program never guesses one, because every attempt counts towards a lockout.',
    commands: ['Get-ADUser <account> | fl SamAccountName,UserPrincipalName'],
  },
  'ews-block-intermittent': {
    meaning:
      'Since summer 2026 Microsoft switches EWS off in Exchange Online, tenant by tenant, and before that it blocks single calls for a while, so that their owners notice. The settings of two mailboxes can be the same and the answers still differ. A setting made by an administrator acts for every call alike, so it is not the cause by itself.',
    knows:
      'After a 403 the same call for the same mailbox was made once more, and it was let through, or the other way round. That is likely a block that comes and goes; one server of several with other settings would look the same. The number of calls is fixed, and a 403 never counts as a refused login.',
    commands: [
      'Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | fl EwsEnabled,EwsAllowedAppIDs',
      'Set-OrganizationConfig -EwsEnabled $true',
    ],
  },
  'user-agent-filtered': {
    meaning:
      'Exchange can decide by the name that a program gives itself, the header User-Agent, whether it may use EWS. The settings are EwsApplicationAccessPolicy, EwsAllowList and EwsBlockList, for the organisation and for each mailbox. A gateway in front can do the same. The lists do not look at who logs in; that is why password and token are good.',
    knows:
      'After a 403 the same call was made once under the name of another program and let through; under the own name it was refused before and after. That is observed. With one refusal only it would be likely, because a block that comes and goes looks the same. The other name is sent in this one call only and stands in the evidence.',
    commands: [
      'Get-OrganizationConfig | fl EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList',
      'Get-CASMailbox <mailbox> | fl EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList',
      'Set-OrganizationConfig -EwsAllowList @{Add="<name>*"}',
    ],
  },
  'anchor-mailbox-missing': {
    meaning:
      'Mailboxes of Exchange Online live on very many servers. The header X-AnchorMailbox names the mailbox that a call is for, so that it arrives at the right one at once. An application that acts for mailboxes and does not send it is slow at best, and at worst gets errors 500 and 503 that look like an overloaded server.',
    knows:
      'The answer was 500 or 503 without an error of EWS, the call acted for a mailbox of Exchange Online, and the evidence says that the header was not sent. That makes it likely; the server can be overloaded all the same. This program always sends the header, so the finding comes from saved evidence of another program only.',
  },
} as const satisfies Readonly<Record<string, HelpWords>>
