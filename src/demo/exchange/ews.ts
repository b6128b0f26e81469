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
  /** `mayOpen` is the scope of the application's role; absent: every mailbox. */
  | { kind: 'application'; id: string; mayOpen?: (account: Account) => boolean }

export type Ews = { answer(request: DemoRequest, caller: Caller): Answer }

/**
 * Makes the EWS service of an organisation, with contacts that last as long as the world. With `backOffMilliseconds` every good request is refused as
 * one too many.
 */
export function makeEws(organisation: Organisation, o: { backOffMilliseconds?: number | undefined } = {}): Ews {
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

      if (o.backOffMilliseconds !== undefined) {
        return ewsFault(organisation, {
          code: 'ErrorServerBusy',
          message: 'The server cannot service this request right now. Try again later.',
          values: { BackOffMilliseconds: String(o.backOffMilliseconds) },
        })
      }
      const acting = actAs(organisation, caller, find(header, 'ExchangeImpersonation'))
      if ('code' in acting) return ewsFault(organisation, acting)
      return operation.run({ organisation, store, call, account: acting.account })
    },
  }
}

/** In whose name the call runs. */
const actAs = (
  organisation: Organisation,
  caller: Caller,
  header: Element | undefined,
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
  if (!sid || sid.text === '' || !['PrimarySmtpAddress', 'SmtpAddress', 'PrincipalName', 'SID'].includes(sid.name)) {
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
