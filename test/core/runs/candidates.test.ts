// Whose turn it is: trust and rank decide, a better source gets a measured grace, and what the last search found needs none.
import { expect, test } from 'vitest'
import { createTrust, type TrustedHost } from '../../../src/core/auth/trust.ts'
import { rank } from '../../../src/core/autodiscover/sources.ts'
import { limits } from '../../../src/core/limits.ts'
import { createBoard, next, type Board, type Candidate } from '../../../src/core/runs/candidates.ts'
import type { Race } from '../../../src/core/runs/race.ts'
import { clouds } from '../../../src/core/settings/clouds.ts'

const trust = createTrust({
  mailDomain: 'contoso.com',
  cloud: clouds.global,
  typed: new Set(),
  proven: new Set(),
  consented: new Set(),
})
const trusted = (host: string): TrustedHost => {
  const judged = trust.judge(new URL(`https://${host}/`), { by: 'a test', source: null })
  if (judged.kind !== 'trusted') throw new Error(host)
  return judged.trusted
}
const url = (order: number, o: Partial<Extract<Candidate, { kind: 'url' }>> = {}): Candidate => ({
  kind: 'url',
  rank: order,
  cloud: false,
  source: 'json',
  ewsUrl: 'https://mail.contoso.com/EWS/Exchange.asmx',
  namedBy: 'contoso.com',
  by: trusted('contoso.com'),
  ...o,
})
const cloudUrl = url(rank.cloudCorroborated, { cloud: true, source: 'cloud', namedBy: 'outlook.office365.com' })
const login: Candidate = {
  kind: 'login',
  rank: rank.serviceLogin,
  source: 'srv',
  origin: new URL('https://mail.contoso.com/'),
  trusted: trusted('mail.contoso.com'),
  offered: ['ntlm'],
  address: 'anna@contoso.com',
  chain: [],
}
/** A race at one moment: ranks under way, the slowest answer so far, and the time. */
const at = (
  underWay: readonly number[],
  slowest: number,
  now: number,
): Pick<Race, 'underWay' | 'slowestAnswer' | 'elapsed'> => ({
  underWay: (betterThan = Number.POSITIVE_INFINITY) => underWay.filter((order) => order < betterThan).length,
  slowestAnswer: () => slowest,
  elapsed: () => now,
})
const turn = (board: Board, race: ReturnType<typeof at>) => next(board, race)
const boardWith = (candidates: Candidate[], o: Partial<Board> = {}): Board => ({
  ...createBoard(false),
  ...o,
  candidates: [...candidates],
})

test('nothing better under way: at once, whatever else is', () => {
  expect(turn(boardWith([url(rank.domainJson)]), at([rank.redirectJson, rank.cloudAlone], 20, 20)).kind).toBe(
    'candidate',
  )
})

test.each([
  [5, limits.graceShortestMs],
  [200, 200],
  [2_000, limits.graceLongestMs],
])('a better one gets a grace measured by the slowest answer so far: after %d ms, %d more', (slowest, grace) => {
  const board = boardWith([url(rank.domainJson)])
  expect(turn(board, at([rank.autodiscoverJson], slowest, slowest))).toEqual({ kind: 'wait', ms: grace })
  expect(turn(board, at([rank.autodiscoverJson], slowest, slowest + grace - 1))).toEqual({ kind: 'wait', ms: 1 })
  expect(turn(board, at([rank.autodiscoverJson], slowest, slowest + grace)).kind).toBe('candidate')
})

test('the better of two in hand, and no login once one was refused', () => {
  const board = boardWith([login, url(rank.cloudCorroborated)])
  expect(turn(board, at([], 10, 10))).toMatchObject({ candidate: { kind: 'login' } })
  expect(turn(boardWith([login], { loginsOver: true }), at([], 10, 10))).toEqual({ kind: 'nothing' })
})

test("the cloud's answer alone waits for all, counts for nothing beside an own Exchange or without the domain", () => {
  const late = at([rank.domainJson], 50, 100)
  expect(turn(boardWith([cloudUrl], { domainExists: true }), late)).toEqual({
    kind: 'wait',
    ms: Number.POSITIVE_INFINITY,
  })
  expect(turn(boardWith([cloudUrl], { domainExists: true, tenantKnown: true }), late)).toEqual({
    kind: 'wait',
    ms: limits.graceUncorroboratedMs - 100,
  })
  expect(turn(boardWith([cloudUrl], { domainExists: true }), at([], 50, 100)).kind).toBe('candidate')
  expect(turn(boardWith([cloudUrl]), at([], 50, 100))).toEqual({ kind: 'nothing' })
  expect(turn(boardWith([cloudUrl], { domainExists: true, ownExchange: true }), at([], 50, 100))).toEqual({
    kind: 'nothing',
  })
})

test('what the same host named last time needs no grace; another URL, host or source does', () => {
  const remembered = {
    ewsUrl: 'https://mail.contoso.com/EWS/Exchange.asmx',
    source: 'json',
    namedBy: 'contoso.com',
  } as const
  const race = at([rank.autodiscoverJson], 20, 20)
  expect(turn(boardWith([url(rank.domainJson)], { remembered }), race).kind).toBe('candidate')
  for (const other of [
    { ewsUrl: 'https://new.contoso.com/EWS/Exchange.asmx' },
    { namedBy: 'www.contoso.com' },
    { source: 'redirect' as const },
  ])
    expect(turn(boardWith([url(rank.domainJson, other)], { remembered }), race).kind).toBe('wait')
  const bySoap = { ...remembered, source: 'soap', namedBy: 'mail.contoso.com' } as const
  expect(turn(boardWith([login], { remembered: bySoap }), race).kind).toBe('candidate')
  expect(turn(boardWith([login], { remembered }), race).kind).toBe('wait')
})

test("remembered or not, the cloud's answer alone counts for nothing beside an own Exchange, and leaves the others their grace", () => {
  const remembered = {
    ewsUrl: 'https://mail.contoso.com/EWS/Exchange.asmx',
    source: 'cloud',
    namedBy: 'outlook.office365.com',
  } as const
  const facts = { domainExists: true, tenantKnown: true, remembered }
  const race = at([rank.domainJson], 50, 50)
  expect(turn(boardWith([cloudUrl], facts), race)).toEqual({ kind: 'wait', ms: limits.graceShortestMs })
  expect(turn(boardWith([cloudUrl], { ...facts, ownExchange: true }), at([], 50, 100))).toEqual({ kind: 'nothing' })
})
