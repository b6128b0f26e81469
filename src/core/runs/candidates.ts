/** What the search has in hand: candidates by rank, hints that need consent, and what speaks for the cloud. */
import type { Found } from './memory.ts'
import type { Race } from './race.ts'
import type { TrustedHost } from '../auth/trust.ts'
import { rank } from '../autodiscover/sources.ts'
import { limits } from '../limits.ts'
import type { DiscoverySource } from '../settings/settings.ts'

export type UrlCandidate = {
  kind: 'url'
  rank: number
  /** The answer is Exchange Online's own, which comes for addresses it does not know as well. */
  cloud: boolean
  source: DiscoverySource
  ewsUrl: string
  namedBy: string
  by: TrustedHost
}

/** Exchange at a trusted host that wants a login before it answers. */
export type LoginCandidate = {
  kind: 'login'
  rank: number
  source: DiscoverySource
  origin: URL
  trusted: TrustedHost
  offered: readonly string[]
  address: string
  /** The URLs that led here. */
  chain: readonly string[]
}

export type Candidate = UrlCandidate | LoginCandidate

/** A host outside the mail domain, and what named it. */
export type Hint = { url: URL; namedBy: string }

export type Board = {
  candidates: Candidate[]
  hints: Hint[]
  /** MX, CNAME, a redirect, SRV, a trusted server or the admin's OAuth settings point to the chosen cloud. */
  cloudSpeaks: boolean
  /** Entra has a tenant for the mail domain. */
  tenantKnown: boolean
  /** DNS knows the mail domain. */
  domainExists: boolean
  /** Exchange of the mail domain's own wants a login. */
  ownExchange: boolean
  /** What the last search here found. */
  remembered: Found | null
  /** A login was refused: no further one in this run. */
  loginsOver: boolean
}

export function createBoard(cloudSpeaks: boolean, remembered: Found | null = null): Board {
  return {
    candidates: [],
    hints: [],
    cloudSpeaks,
    tenantKnown: false,
    domainExists: false,
    ownExchange: false,
    remembered,
    loginsOver: false,
  }
}

/** What the decision needs of a race. */
type Clock = Pick<Race, 'underWay' | 'slowestAnswer' | 'elapsed'>

function rankOf(board: Board, candidate: Candidate): number {
  return candidate.kind === 'url' && candidate.cloud && !board.cloudSpeaks ? rank.cloudAlone : candidate.rank
}

/** Takes the candidate whose turn it is off the board; otherwise says how long to wait for better ones, in ms. */
export function next(
  board: Board,
  race: Clock,
): { kind: 'candidate'; candidate: Candidate } | { kind: 'wait'; ms: number } | { kind: 'nothing' } {
  const usable = board.candidates.filter((candidate) => candidate.kind === 'url' || !board.loginsOver)
  const best = usable.toSorted((a, b) => rankOf(board, a) - rankOf(board, b))[0]
  if (best === undefined)
    return race.underWay() === 0 ? { kind: 'nothing' } : { kind: 'wait', ms: Number.POSITIVE_INFINITY }
  const order = rankOf(board, best)
  const again = isRemembered(board, best)
  const wait =
    order === rank.cloudAlone ? waitForCloudAlone(board, race, again) : again ? 0 : waitForBetter(race, order)
  if (wait === null) {
    board.candidates.splice(board.candidates.indexOf(best), 1)
    return next(board, race)
  }
  if (wait > 0) return { kind: 'wait', ms: wait }
  board.candidates.splice(board.candidates.indexOf(best), 1)
  return { kind: 'candidate', candidate: best }
}

/** The same host says the same as last time, when the better ones had nothing to say. */
function isRemembered({ remembered }: Board, candidate: Candidate): boolean {
  if (remembered === null) return false
  return candidate.kind === 'login'
    ? candidate.origin.host === remembered.namedBy && (remembered.source === 'soap' || remembered.source === 'pox')
    : candidate.ewsUrl === remembered.ewsUrl &&
        candidate.namedBy === remembered.namedBy &&
        candidate.source === remembered.source
}

/** A better source gets a grace measured against what the network showed so far, never its full time limit. */
function waitForBetter(race: Clock, order: number): number {
  if (race.underWay(order) === 0) return 0
  const shown = race.slowestAnswer()
  const grace = Math.min(limits.graceLongestMs, Math.max(limits.graceShortestMs, shown))
  return shown + grace - race.elapsed()
}

/**
 * Nothing but the cloud's own answer. With an Exchange of the mail domain's own, or a mail domain that does not exist, it counts for
 * nothing (null); with a tenant it waits longer; else until everything had its time.
 */
function waitForCloudAlone(board: Board, race: Clock, again: boolean): number | null {
  if (race.underWay() === 0) return board.ownExchange || !board.domainExists ? null : 0
  if (board.ownExchange || !board.tenantKnown || !board.domainExists) return Number.POSITIVE_INFINITY
  return again ? waitForBetter(race, rank.cloudAlone) : limits.graceUncorroboratedMs - race.elapsed()
}
