// EWS once the caller is through HTTP authentication: version, schema, impersonation, and then the operation. The order of the checks is Exchange's.

import type { Answer, DemoRequest } from '../http.ts'
import { find, readXml, type Element } from '../xml.ts'
import { operations, type Operation } from './operations.ts'
import { accountForLogin, accountOf, type Account, type Organisation } from './organisation.ts'
import { envelopeNamespace, ewsFault, messagesNamespace, type EwsError } from './soap.ts'
import { makeStore } from './store.ts'

/** Who calls: a Windows account, or an application with an app-only token. */
export type Caller =
  | { kind: 'account'; account: Account }
  /**
   * `mayOpen` is the scope of the application's role; absent: every mailbox. `delegated`: the token stands for a person, and no header may name
   * another one.
   */
  | { kind: 'application'; id: string; mayOpen?: (account: Account) => boolean; delegated?: boolean }

export type Ews = { answer(request: DemoRequest, caller: Caller): Answer }

export type EwsOptions = {
  /** Every good request ends in this fault. */
  fault?: EwsError
  /** Every mailbox that is asked for ends in this error, in an answer with status 200. */
  mailboxError?: EwsError
  /** A further address of a mailbox is refused where the primary one is wanted. */
  primaryOnly?: boolean
}

/** Makes the EWS service of an organisation, with contacts that last as long as the world. */
export function makeEws(organisation: Organisation, o: EwsOptions = {}): Ews {
  const store = makeStore()
  const fault = (code: string, message: string): Answer => ewsFault(organisation, { code, message })

  return {
    answer(request, caller) {
      if (request.method !== 'POST') return describeService()
      const type = (request.headers['content-type'] ?? '').toLowerCase()
      if (!type.startsWith('text/xml')) return { status: 415, headers: { 'Content-Length': '0' } }

      const root = readXml(request.body.toString('utf8'))
      if (root?.name !== 'Envelope' || root.namespace !== envelopeNamespace) {
        return fault(
          'ErrorSchemaValidation',
          'The request failed schema validation: The document is not a SOAP envelope.',
        )
      }
      const header = find(root, 'Header')
      const version = find(header, 'RequestServerVersion')?.attributes['Version']
      if (version !== undefined && !organisation.versions.includes(version)) {
        return fault('ErrorInvalidServerVersion', 'The specified server version is invalid.')
      }
      const body = find(root, 'Body')
      const call = body?.children[0]
      if (!body || !call || body.children.length !== 1) {
        return fault(
          'ErrorSchemaValidation',
          'The request failed schema validation: The SOAP body must have exactly one element.',
        )
      }
      request.journal.operation = call.name
      const operation: Operation | undefined = Object.hasOwn(operations, call.name) ? operations[call.name] : undefined
      if (call.namespace !== messagesNamespace || !operation) {
        return fault(
          'ErrorSchemaValidation',
          `The request failed schema validation: The element '${call.name}' is not known.`,
        )
      }
      const wrong = operation.check(call)
      if (wrong !== null) return fault('ErrorSchemaValidation', `The request failed schema validation: ${wrong}`)

      if (o.fault !== undefined) return ewsFault(organisation, o.fault)
      const acting = actAs(organisation, caller, find(header, 'ExchangeImpersonation'), o.primaryOnly === true)
      if ('code' in acting) return ewsFault(organisation, acting)
      return operation.run({ organisation, store, call, account: acting.account, mailboxError: o.mailboxError ?? null })
    },
  }
}

/** In whose name the call runs. */
const actAs = (
  organisation: Organisation,
  caller: Caller,
  header: Element | undefined,
  primaryOnly: boolean,
): { account: Account } | EwsError => {
  if (header === undefined) {
    return caller.kind === 'account'
      ? { account: caller.account }
      : {
          code: 'ErrorImpersonationRequired',
          message: 'ExchangeImpersonation SOAP header must be present for this type of OAuth token.',
        }
  }
  const sid = find(header, 'ConnectingSID')?.children[0]
  const mayNotBeThere = caller.kind === 'application' && caller.delegated === true
  if (
    mayNotBeThere ||
    !sid ||
    sid.text === '' ||
    !['PrimarySmtpAddress', 'SmtpAddress', 'PrincipalName', 'SID'].includes(sid.name)
  ) {
    return {
      code: 'ErrorInvalidExchangeImpersonationHeaderData',
      message: 'ExchangeImpersonation SOAP header contains invalid data.',
    }
  }
  const account =
    sid.name === 'PrincipalName' ? accountForLogin(organisation, sid.text) : accountOf(organisation, sid.text)
  if (caller.kind === 'account' && caller.account.mayImpersonate !== true) {
    return {
      code: 'ErrorImpersonateUserDenied',
      message: 'The account does not have permission to impersonate the requested user.',
    }
  }
  if (account !== undefined && primaryOnly && account.email.toLowerCase() !== sid.text.toLowerCase()) {
    return {
      code: 'ErrorNonPrimarySmtpAddress',
      message: 'The primary SMTP address must be specified when referencing a mailbox.',
      values: { Primary: account.email },
    }
  }
  if (!account?.mailbox)
    return { code: 'ErrorNonExistentMailbox', message: 'The SMTP address has no mailbox associated with it.' }
  if (caller.kind === 'application' && caller.mayOpen?.(account) === false) {
    return {
      code: 'ErrorImpersonateUserDenied',
      message: 'The account does not have permission to impersonate the requested user.',
    }
  }
  return { account }
}

const describeService = (): Answer => ({
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body:
    '<HTML lang="en"><HEAD><TITLE>Service</TITLE></HEAD><BODY><DIV id="content"><P class="heading1">Service</P>' +
    '<P>You have created a service. To test it, you will need a client: <A href="Services.wsdl">Services.wsdl</A></P></DIV></BODY></HTML>',
})
