/** English words of findings that rest on more than one call, or on what a call lacked. */
import type { FindingWords } from './template.ts'

export const attemptFindings = {
  'stale-oauth-keys-on-server': {
    title: '{host} may hold outdated keys of Entra ID.',
    explanation:
      'The token shows nothing that could be wrong, the server names its tenant ({expected}), and it refused the token without a reason. After Entra ID has changed its keys this happens until the server renews them. Other causes are possible.',
    remedy: [
      'Renew the metadata of the authorization server.',
      'Compare its settings.',
      'Until then this server takes user name and password.',
    ],
  },
  'user-name-form-wrong': {
    title: '{host} wants the user name {user}.',
    explanation:
      'The login with {userName} was refused, and the one with {user} was good, both with the same password.',
    remedy: [
      'Enter {user} in the field for a different user name.',
      'Remove the other form wherever it is stored: each refused attempt counts towards the lockout of the account.',
    ],
  },
  'ews-block-intermittent': {
    title: 'EWS is refused to the mailbox {email} now and then.',
    explanation:
      'Within one run the same call was answered 403 (calls: {blocked}) and let through (calls: {open}). A permission that is missing would refuse every time. Microsoft blocks EWS in Exchange Online now and then before its end, so that its users notice; tenants that set EwsEnabled to true are spared.',
    remedy: [
      'Look the setting up.',
      'Set it explicitly.',
      'Add the application to the list of allowed ones without losing the others, and wait up to 24 hours.',
    ],
  },
  'user-agent-filtered': {
    title: '{host} lets only certain programs use EWS.',
    explanation:
      'Under its own name, {userAgent}, this program was refused with 403. The same call under the name {otherUserAgent} was let through. A list of allowed or blocked names decides.',
    remedy: [
      'Look up the lists of the organisation and those of the mailbox.',
      'Add the name under which your application calls EWS to the list of allowed ones, or remove it from the blocked ones.',
    ],
  },
  'anchor-mailbox-missing': {
    title: 'The call to {host} did not say which mailbox it is for.',
    explanation:
      'Exchange Online answered {status}. The call acted for {email} and lacked the header X-AnchorMailbox, by which Exchange Online finds the right server. Without it such calls fail now and then.',
    remedy: [
      'Let the application send the header X-AnchorMailbox with the address of the mailbox, in each call that acts for a mailbox.',
      'Test again. This program sends the header itself.',
    ],
  },
} as const satisfies Readonly<Record<string, FindingWords>>
