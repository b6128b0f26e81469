/**
 * The login at a directory with the Kerberos ticket of this login session: the SASL mechanism GSSAPI, RFC 4752, without a security
 * layer of its own, because it goes over TLS only. Tokens alone; the operating system asks its own domain controller for the ticket.
 */
import { bytesOf, kerberosModule, untilAborted, type KerberosClient, type KerberosModule } from './kerberosModule.ts'

/** `unproved`: the server could not prove its identity. `layer`: it demands one, which over TLS nobody needs. */
export type SaslAnswer = { kind: 'send'; token: Uint8Array } | { kind: 'unproved' } | { kind: 'layer' }

export type SaslTicket = {
  /** The ticket, to be sent first. */
  first: Uint8Array
  /** What to answer to the server's token. Throws nothing. */
  answer(token: Uint8Array): Promise<SaslAnswer>
  /** Whether the server has proved its identity and both have agreed on no layer: only then its success counts. */
  isComplete(): boolean
}

export type SaslTicketResult = { kind: 'ticket'; login: SaslTicket } | { kind: 'no-ticket' } | { kind: 'unavailable' }

/** Whether this machine has the means at all; the ticket is another question. */
export function canUseTickets(): boolean {
  return kerberosModule() !== null
}

/** A ticket for the LDAP service of `host`. `signal` only stops the waiting for the platform. */
export async function ticketForDirectory(o: { host: string; signal: AbortSignal }): Promise<SaslTicketResult> {
  const kerberos = kerberosModule()
  if (kerberos === null) return { kind: 'unavailable' }
  return untilAborted(begin(kerberos, o.host), o.signal, { kind: 'no-ticket' })
}

async function begin(kerberos: KerberosModule, host: string): Promise<SaslTicketResult> {
  try {
    const client = await kerberos.initializeClient(process.platform === 'win32' ? `ldap/${host}` : `ldap@${host}`, {
      mechOID: kerberos.GSS_MECH_OID_KRB5,
      flags: kerberos.GSS_C_MUTUAL_FLAG | kerberos.GSS_C_SEQUENCE_FLAG,
    })
    const first = await client.step('')
    return first === null || first === ''
      ? { kind: 'no-ticket' }
      : { kind: 'ticket', login: loginOf(client, bytesOf(first)) }
  } catch {
    // No ticket, an unknown service, no domain controller: the module has no codes for them, and none gives a login.
    return { kind: 'no-ticket' }
  }
}

const noLayer = 1
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

function loginOf(client: KerberosClient, first: Uint8Array): SaslTicket {
  let state: 'proof' | 'layers' | 'complete' | 'failed' = 'proof'
  const unproved = (): SaslAnswer => {
    state = 'failed'
    return { kind: 'unproved' }
  }
  return {
    first,
    async answer(token) {
      try {
        if (state === 'proof') {
          // An empty challenge holds no proof, and the module would take it for a first step.
          if (token.length === 0) return unproved()
          const next = await client.step(base64(token))
          // The name is known once the proof was good; `contextComplete` says so too early under Windows.
          if (client.contextComplete && client.username !== null) state = 'layers'
          return { kind: 'send', token: next === null ? new Uint8Array() : bytesOf(next) }
        }
        if (state !== 'layers') return unproved()
        const offered = bytesOf((await client.unwrap(base64(token))) ?? '')
        if (offered.length !== 4) return unproved()
        if (((offered[0] ?? 0) & noLayer) === 0) {
          state = 'failed'
          return { kind: 'layer' }
        }
        // No layer, so no size; no other identity than the ticket's own.
        const chosen = await client.wrap(base64(new Uint8Array([noLayer, 0, 0, 0])), { protect: false })
        if (chosen === null) return unproved()
        state = 'complete'
        return { kind: 'send', token: bytesOf(chosen) }
      } catch {
        return unproved()
      }
    },
    isComplete: () => state === 'complete',
  }
}
