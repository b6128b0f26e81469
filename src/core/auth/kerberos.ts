/**
 * The Kerberos login of this login session, through the optional module `kerberos` (GSSAPI on Linux and macOS, SSPI on Windows). The
 * operating system talks to its own domain controller; this module only ever sees the tokens. The module offers no channel binding.
 */
import { bytesOf, kerberosModule, untilAborted, type KerberosClient, type KerberosModule } from './kerberosModule.ts'
import { splitUserName } from './ntlm.ts'
import { openSecret, type Secret } from './secret.ts'

/** One SPNEGO exchange with one host; [RFC 4559] and [MS-SPNG]. */
export type NegotiateContext = {
  /** The token to send first. */
  first: Uint8Array
  /** What to answer to the server's token: another one, or null when there is nothing more to say. Throws nothing. */
  step(reply: Uint8Array): Promise<{ kind: 'token'; token: Uint8Array } | { kind: 'done' } | { kind: 'failed' }>
  /** Whose ticket it is; null before both sides are done, or where the platform does not say. */
  principal(): string | null
}

export type Negotiated =
  { kind: 'context'; context: NegotiateContext } | { kind: 'no-ticket' } | { kind: 'unavailable' }

/**
 * Begins a login at `host` with the session's ticket or, on Windows only, with an account: nowhere else does the module take a
 * password. Asking the domain controller may take as long as the operating system lets it; `signal` only stops the waiting.
 */
export async function negotiateWith(o: {
  host: string
  signal: AbortSignal
  account?: { userName: string; password: Secret }
}): Promise<Negotiated> {
  if (o.account !== undefined && process.platform !== 'win32') return { kind: 'unavailable' }
  const kerberos = kerberosModule()
  if (kerberos === null) return { kind: 'unavailable' }
  return untilAborted(begin(kerberos, o), o.signal, { kind: 'no-ticket' })
}

async function begin(
  kerberos: KerberosModule,
  o: { host: string; account?: { userName: string; password: Secret } },
): Promise<Negotiated> {
  try {
    // GSSAPI names a host-based service, SSPI a service principal.
    const service = process.platform === 'win32' ? `HTTP/${o.host}` : `HTTP@${o.host}`
    const client = await kerberos.initializeClient(service, {
      mechOID: kerberos.GSS_MECH_OID_SPNEGO,
      flags: kerberos.GSS_C_MUTUAL_FLAG | kerberos.GSS_C_SEQUENCE_FLAG,
      ...(o.account === undefined ? {} : accountOptions(o.account)),
    })
    const first = await client.step('')
    if (first === null || first === '' || (o.account === undefined && isNtlm(first))) return { kind: 'no-ticket' }
    return { kind: 'context', context: contextOf(client, first, o.account === undefined) }
  } catch {
    // No ticket, an unknown service, no domain controller: the module has no codes for them, and none gives a login.
    return { kind: 'no-ticket' }
  }
}

function accountOptions(account: { userName: string; password: Secret }): Record<string, unknown> {
  const { domain, userName } = splitUserName(account.userName)
  return { user: userName, domain, password: openSecret(account.password) }
}

/**
 * True for a token that carries NTLM, bare or within SPNEGO. SSPI falls back to it where no domain controller knows the host, and would
 * give the proof of the session's password to whoever answers there; a ticket is good for one known service alone.
 */
export function isNtlm(base64: string): boolean {
  return Buffer.from(base64, 'base64').includes('NTLMSSP\0', 0, 'latin1')
}

function contextOf(client: KerberosClient, first: string, ticketAlone: boolean): NegotiateContext {
  return {
    first: bytesOf(first),
    async step(reply) {
      try {
        const next = await client.step(Buffer.from(reply).toString('base64'))
        if (ticketAlone && next !== null && isNtlm(next)) return { kind: 'failed' }
        return next === null || next === '' ? { kind: 'done' } : { kind: 'token', token: bytesOf(next) }
      } catch {
        return { kind: 'failed' }
      }
    },
    principal: () => (client.contextComplete && client.username ? client.username : null),
  }
}
