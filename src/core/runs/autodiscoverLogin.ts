/** Autodiscover with a login: SOAP, then POX, at one trusted host that shows Exchange. */
import { takesNoPassword, type Access } from './access.ts'
import type { Board, LoginCandidate } from './candidates.ts'
import { probeWithLogin } from './probes.ts'
import type { Questions } from './questions.ts'
import type { Run } from './run.ts'
import type { Login } from '../auth/login.ts'
import type { Recorder } from '../network/network.ts'
import { hostOf } from '../network/url.ts'
import { isCloudHost } from '../settings/clouds.ts'

/** Adds what the host says to the board; a refused password ends all logins of the search. */
export async function logIn(o: {
  run: Run
  access: Access
  board: Board
  questions: Questions
  candidate: LoginCandidate
}): Promise<void> {
  const { run, access, board, questions, candidate } = o
  const { origin, address } = candidate
  const open = await openLogin(run, access, candidate)
  if (open === null) return
  for (const protocol of ['soap', 'pox'] as const) {
    if (run.signal.aborted) return
    const reply = await probeWithLogin(run, protocol, {
      origin,
      address,
      login: open,
      access,
      offered: candidate.offered,
    })
    if (reply === null) continue
    if (reply.refused) {
      board.loginsOver = true
      return
    }
    const { answer } = reply
    switch (answer.kind) {
      case 'url':
        board.candidates.push({
          kind: 'url',
          rank: candidate.rank,
          cloud: false,
          source: protocol,
          ewsUrl: answer.ewsUrl,
          namedBy: origin.host,
          by: candidate.trusted,
        })
        return
      case 'redirect-address':
        // The mailbox belongs to another domain, so that domain's own server points to it: the cloud's answer counts then.
        board.cloudSpeaks = true
        if (!questions.askAddress(answer.to)) questions.loop(origin)
        return
      case 'redirect-url': {
        const ranks = { json: candidate.rank, login: candidate.rank }
        questions.follow(
          { url: new URL(answer.to, origin), namedBy: origin.host },
          { address, source: protocol, ranks, chain: [...candidate.chain, origin.href] },
        )
        return
      }
      case 'error':
        // The address is unknown here, so the other protocol would only say the same.
        if (answer.level === 'user') return
        break
      default:
        break
    }
  }
}

/** Bearer at the cloud's own hosts, else the session's ticket or user name and password by the strongest scheme offered; null when there is nothing to send. */
async function openLogin(
  run: Run,
  access: Access,
  o: LoginCandidate,
): Promise<((record: Recorder, signal: AbortSignal) => Login) | null> {
  const { origin, trusted } = o
  if (isCloudHost(access.cloud, hostOf(origin))) {
    const token = access.oauth ? await access.token() : null
    return token?.kind === 'issued'
      ? (record, signal) => access.openBearer({ token: token.token, origin, trusted, record, signal })
      : null
  }
  const session = await access.openSession({ offered: o.offered, origin, trusted, signal: run.signal })
  if (session !== null) return session
  if (takesNoPassword(origin)) return null
  const { password } = access
  const scheme = access.passwordSchemes(o.offered)[0]
  if (password === null || scheme === undefined || !access.budget.mayTry(access.account)) return null
  return (record, signal) =>
    access.openPassword({ scheme, userName: access.account, origin, trusted, password, record, signal })
}
