/**
 * The login at a proxy, by Basic, for the proxy alone. Proxies often ask the same directory as Exchange, and a run opens many
 * connections at once: so one of them tries the login first, the others wait for its outcome, and a refused password is not sent again.
 */
import { openSecret, Secret } from './secret.ts'

export type ProxyLogin = {
  /**
   * Sends something through a proxy. `send` gets the value of `Proxy-Authorization`, or null where there is no login (any more), and
   * tells whether the proxy refused it.
   */
  through<T>(proxy: URL, send: (authorization: string | null) => Promise<{ value: T; refused: boolean }>): Promise<T>
}

type State =
  { kind: 'untried' } | { kind: 'trying'; settled: Promise<void> } | { kind: 'accepted' } | { kind: 'refused' }

/** `userName` and `password` count where the proxy's URL names nobody; a password beside a name in the URL too. */
export function createProxyLogin(own: { userName: string; password: Secret | undefined }): ProxyLogin {
  const states = new Map<string, State>()

  return {
    async through(proxy, send) {
      const authorization = authorizationFor(proxy, own)
      if (authorization === null) return (await send(null)).value
      for (;;) {
        const state = states.get(proxy.host) ?? { kind: 'untried' }
        if (state.kind === 'refused') return (await send(null)).value
        if (state.kind === 'accepted') {
          const sent = await send(openSecret(authorization))
          if (sent.refused) states.set(proxy.host, { kind: 'refused' })
          return sent.value
        }
        if (state.kind === 'trying') {
          await state.settled
          continue
        }
        let settle: () => void = () => undefined
        states.set(proxy.host, { kind: 'trying', settled: new Promise((resolve) => (settle = resolve)) })
        let outcome: State = { kind: 'untried' }
        try {
          const sent = await send(openSecret(authorization))
          outcome = { kind: sent.refused ? 'refused' : 'accepted' }
          return sent.value
        } finally {
          states.set(proxy.host, outcome)
          settle()
        }
      }
    },
  }
}

function authorizationFor(proxy: URL, own: { userName: string; password: Secret | undefined }): Secret | null {
  const named = proxy.username === '' ? own.userName : percentDecoded(proxy.username)
  if (named === '') return null
  const given = own.password === undefined ? '' : openSecret(own.password)
  const password = proxy.password === '' ? given : percentDecoded(proxy.password)
  return new Secret(`Basic ${Buffer.from(`${named}:${password}`).toString('base64')}`)
}

/** A password may hold a percent sign that nobody encoded. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
