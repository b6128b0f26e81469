/** SASL at a directory, RFC 4513 section 5.2: tokens to and fro until the server has said yes or no. The library knows one round only. */
import type { TLSSocket } from 'node:tls'
import { BerWriter } from 'ldapts'
import type { SaslTicket } from '../auth/saslTicket.ts'
import { exchangeMessage, protocolError, readResult } from './ldapMessage.ts'

/** More rounds than GSSAPI needs (RFC 4752 section 3.1). */
const mostRounds = 4
const bindResponse = 0x61
const code = { success: 0, noSuchMechanism: 7, inProgress: 14, invalidCredentials: 49 } as const
/** How Active Directory says in its diagnostic text that it demands channel binding: SEC_E_BAD_BINDINGS as its "data". */
const badBindings = '80090346'

export type SaslBind =
  | { kind: 'bound' }
  | {
      kind: 'failed'
      /** `no-gssapi`: the server does not know the mechanism; `unproved`: it could not prove its identity, so its answer is void. */
      why: 'refused' | 'no-gssapi' | 'channel-binding' | 'unproved' | 'layer' | 'failed'
      code: string | null
    }

/** Logs in with a ticket over a connection that is encrypted and judged already. */
export async function bindWithTicket(socket: TLSSocket, login: SaslTicket, signal: AbortSignal): Promise<SaslBind> {
  let token = login.first
  for (let round = 1; round <= mostRounds; round++) {
    const exchanged = await exchangeMessage(socket, bindRequest(round, token), signal)
    if (exchanged.kind === 'failed') return { kind: 'failed', why: 'failed', code: exchanged.code }
    const result = readResult(exchanged.message, bindResponse)
    if (result === null) return { kind: 'failed', why: 'failed', code: String(protocolError) }
    if (result.code === code.success)
      return login.isComplete() ? { kind: 'bound' } : { kind: 'failed', why: 'unproved', code: null }
    if (result.code !== code.inProgress) return refusal(result)
    const answer = await login.answer(result.token)
    if (answer.kind !== 'send') return { kind: 'failed', why: answer.kind, code: null }
    token = answer.token
  }
  return { kind: 'failed', why: 'failed', code: String(code.inProgress) }
}

function refusal(result: { code: number; diagnostic: string }): SaslBind {
  // Active Directory's own number; words differ between languages and are not read.
  const data = /\bdata ([0-9a-f]{1,8})\b/i.exec(result.diagnostic)?.[1]?.toLowerCase()
  const told = data === undefined ? String(result.code) : `${result.code}/${data}`
  if (result.code === code.noSuchMechanism) return { kind: 'failed', why: 'no-gssapi', code: told }
  if (data === badBindings) return { kind: 'failed', why: 'channel-binding', code: told }
  return { kind: 'failed', why: result.code === code.invalidCredentials ? 'refused' : 'failed', code: told }
}

/** BindRequest with SASL credentials, RFC 4511 section 4.2. */
function bindRequest(messageId: number, token: Uint8Array): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(messageId)
  writer.startSequence(0x60)
  writer.writeInt(3)
  writer.writeString('')
  writer.startSequence(0xa3)
  writer.writeString('GSSAPI')
  writer.writeBuffer(Buffer.from(token), 0x04)
  writer.endSequence()
  writer.endSequence()
  writer.endSequence()
  return writer.buffer
}
