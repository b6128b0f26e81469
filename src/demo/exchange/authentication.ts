// Windows logon of the on-premises Exchange: Basic, NTLM and raw NTLM inside Negotiate, with the state of a handshake on its connection and an
// account lockout, which is what a careless client runs into.

import type { Connection, DemoRequest } from '../http.ts'
import {
  challengeFor,
  ntlmType,
  verifyAuthenticate,
  type ExtendedProtection,
  type Handshake,
  type Names,
} from './ntlm.ts'
import { accountForLogin, type Account, type Organisation } from './organisation.ts'

export type Scheme = 'negotiate' | 'ntlm' | 'basic'

export type Authenticated =
  | { kind: 'in'; account: Account }
  /** `challenges` are the values of WWW-Authenticate, in order. `lockedOut`: the login named an account that is locked. */
  | { kind: 'out'; challenges: string[]; lockedOut?: boolean; closes?: boolean }

export type Gate = {
  /** Asks one request who it is. Notes the outcome of a logon in the journal. */
  check(
    request: DemoRequest,
    o: {
      schemes: readonly Scheme[]
      realm: string
      protection: ExtendedProtection
      bearer?: string | undefined
      /** The certificate that IIS believes in, where a TLS bridge in front shows another one. */
      boundHash?: Buffer | undefined
    },
  ): Authenticated
}

/**
 * What stands between the legs of an NTLM handshake: a balancer that closes the connection after the challenge, or one that sends the last leg to
 * another server, which answers with a challenge of its own.
 */
export type Balancer = 'closes' | 'mixes'

export type GateOptions = {
  balancer?: Balancer
  /** Encodings of Basic that the server tries; default both. */
  basicEncodings?: readonly ('utf8' | 'latin1')[]
}

/** Logons refused in a row until the account is locked for the life of the world. */
export const lockoutThreshold = 5

type State = { handshake: Handshake | null; account: Account | null }

/** Makes the logon of one Windows domain. All hosts of an organisation share it, so that refusals add up. */
export function makeGate(organisation: Organisation, o: GateOptions = {}): Gate {
  const states = new WeakMap<Connection, State>()
  const refusals = new Map<Account, number>()

  const stateOf = (connection: Connection): State => {
    const known = states.get(connection)
    if (known) return known
    const made: State = { handshake: null, account: null }
    states.set(connection, made)
    return made
  }
  const locked = (account: Account): boolean =>
    account.lockedOut === true || (refusals.get(account) ?? 0) >= lockoutThreshold
  const refuse = (request: DemoRequest, account: Account | undefined): void => {
    request.journal.logon = 'refused'
    if (account) refusals.set(account, (refusals.get(account) ?? 0) + 1)
  }
  const accept = (request: DemoRequest, account: Account): Authenticated => {
    request.journal.logon = 'accepted'
    refusals.delete(account)
    return { kind: 'in', account }
  }

  return {
    check(request, { schemes, realm, protection, bearer, boundHash }) {
      const challenges = schemes.map((scheme) =>
        scheme === 'negotiate' ? 'Negotiate' : scheme === 'ntlm' ? 'NTLM' : `Basic realm="${realm}"`,
      )
      if (bearer !== undefined) challenges.push(bearer)
      const out: Authenticated = { kind: 'out', challenges }
      const state = stateOf(request.connection)
      const header = request.headers.authorization
      if (header === undefined) return state.account ? { kind: 'in', account: state.account } : out

      const [, name = '', value = ''] = /^(\S+)\s*(.*)$/s.exec(header.trim()) ?? []
      const scheme = name.toLowerCase()

      if (scheme === 'basic' && schemes.includes('basic')) {
        const pairs = basicPairs(value, o.basicEncodings ?? ['utf8', 'latin1'])
        for (const { user, password } of pairs) {
          const account = accountForLogin(organisation, user)
          if (account?.password === password && !locked(account)) return accept(request, account)
        }
        const named = accountForLogin(organisation, pairs[0]?.user ?? '')
        refuse(request, named)
        return { ...out, ...(named?.lockedOut === true ? { lockedOut: true } : {}) }
      }

      if (
        (scheme === 'ntlm' && schemes.includes('ntlm')) ||
        (scheme === 'negotiate' && schemes.includes('negotiate'))
      ) {
        const token = Buffer.from(value, 'base64')
        const type = ntlmType(token)
        if (type === 1) {
          state.account = null
          state.handshake = challengeFor(token, namesOf(organisation, 'EX01'))
          return { ...challenged(scheme, state.handshake), ...(o.balancer === 'closes' ? { closes: true } : {}) }
        }
        if (type === 3 && state.handshake && o.balancer === 'mixes') {
          state.handshake = challengeFor(state.handshake.negotiate, namesOf(organisation, 'EX02'))
          return challenged(scheme, state.handshake)
        }
        // A type 3 message belongs to the challenge of its own connection; on another one there is nothing to check it against.
        if (type === 3 && state.handshake) {
          const handshake = state.handshake
          state.handshake = null
          const verdict = verifyAuthenticate({
            handshake,
            message: token,
            passwordOf: (user, domain) => accountForLogin(organisation, user, domain)?.password,
            endPointHash: boundHash ?? request.connection.endPointHash,
            protection,
          })
          const account = accountForLogin(organisation, verdict.user, verdict.domain)
          if (verdict.kind === 'accepted' && account && !locked(account)) {
            state.account = account
            return accept(request, account)
          }
          // Only a wrong password counts towards the lockout; a wrong binding is refused before the directory is asked.
          refuse(request, verdict.kind === 'refused' && verdict.reason === 'wrong-password' ? account : undefined)
          return { ...out, ...(account?.lockedOut === true ? { lockedOut: true } : {}) }
        }
        request.journal.logon = 'refused'
      }
      if (scheme === 'bearer' && value !== '') request.journal.logon = 'refused'
      return out
    },
  }
}

const namesOf = (organisation: Organisation, computer: string): Names => ({
  netbios: organisation.netbios,
  adDomain: organisation.adDomain,
  computer,
})

const challenged = (scheme: string, handshake: Handshake): Authenticated => ({
  kind: 'out',
  challenges: [`${scheme === 'ntlm' ? 'NTLM' : 'Negotiate'} ${handshake.challenge.toString('base64')}`],
})

// Clients send UTF-8 or Latin-1 and do not say which; IIS tries both.
const basicPairs = (value: string, encodings: readonly ('utf8' | 'latin1')[]): { user: string; password: string }[] => {
  const bytes = Buffer.from(value, 'base64')
  return encodings.map((encoding) => {
    const text = bytes.toString(encoding)
    const colon = text.indexOf(':')
    return colon < 0 ? { user: text, password: '' } : { user: text.slice(0, colon), password: text.slice(colon + 1) }
  })
}
