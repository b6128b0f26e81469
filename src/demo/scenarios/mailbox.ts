// EWS itself answers: the mailbox, the right to it, and the interface version.

import type { EwsOptions } from '../exchange/ews.ts'
import { versionsUpTo2010Sp2, type Organisation } from '../exchange/organisation.ts'
import { serverBusy } from '../exchange/soap.ts'
import { onPremises, soapAndPox } from './on-premises.ts'
import { online } from './online.ts'
import type { Builder } from './plan.ts'

const exchange2010: Partial<Organisation> = {
  build: [14, 3, 513, 0],
  schemaVersion: 'Exchange2010_SP2',
  versions: versionsUpTo2010Sp2,
}

/** Refusals of EWS by the scenario's name. */
const refusals = {
  // server-busy with the wait that the server names; nothing is asked again in the run
  'server-busy': { fault: serverBusy(60_000) },
  // password-expired
  'password-expired': {
    fault: { code: 'ErrorPasswordExpired', message: 'The password for the account has expired.' },
  },
  // account-disabled
  'account-disabled': {
    fault: { code: 'ErrorAccountDisabled', message: 'The account that was used for this request is disabled.' },
  },
  // request-schema-refused: something on the way changes the request
  'request-changed-on-the-way': {
    fault: { code: 'ErrorSchemaValidation', message: 'The request failed schema validation.' },
  },
  // mailbox-access-denied
  'mailbox-access-denied': {
    mailboxError: { code: 'ErrorAccessDenied', message: 'Access is denied. Check credentials and try again.' },
  },
  // mailbox-unavailable
  'mailbox-being-moved': {
    mailboxError: { code: 'ErrorMailboxMoveInProgress', message: 'The mailbox is being moved. Try again later.' },
  },
  // soap-error-unknown
  'ews-says-something-new': {
    mailboxError: { code: 'ErrorThatCameLater', message: 'An error that came after this program.' },
  },
} as const satisfies Readonly<Record<string, EwsOptions>>

const refused = (ews: EwsOptions): Builder => {
  return (given) => onPremises({ given, server: { ews } })
}

export const mailboxScenarios = {
  ...(Object.fromEntries(Object.entries(refusals).map(([id, ews]) => [id, refused(ews)])) as Record<
    keyof typeof refusals,
    Builder
  >),
  // mailbox-not-found
  'mailbox-missing': (given) => online({ given, typed: { email: 'nobody@fabrikam.example' } }),
  // mailbox-not-found: the account is there, and its mailbox is not
  'account-without-mailbox': (given) => onPremises({ given, account: { mailbox: false } }),
  // mail-address-is-alias
  'alias-instead-of-primary': (given) =>
    online({ given, typed: { email: 'benjamin@fabrikam.example' }, online: { ews: { primaryOnly: true } } }),
  // impersonation-denied: the role's scope is one other mailbox
  'impersonation-denied': (given) =>
    online({ given, online: { mayOpen: (account) => account.email.startsWith('sales@') } }),
  // Works with Exchange2010_SP2; server-version-too-new as a warning, server-out-of-support
  'old-version': (given) => onPremises({ given, organisation: exchange2010, server: { autodiscover: soapAndPox } }),
  // server-version-too-new: the chosen version is newer than the server
  'version-too-new': (given) =>
    onPremises({
      given,
      organisation: exchange2010,
      server: { autodiscover: soapAndPox },
      typed: { ewsVersion: 'Exchange2016' },
    }),
  // Works; ews-version-not-chosen
  'version-not-chosen': (given) => onPremises({ given, typed: { ewsVersion: null } }),
} satisfies Readonly<Record<string, Builder>>
