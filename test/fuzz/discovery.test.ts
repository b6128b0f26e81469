// The search against whatever a server, a name server or a network may say. In the suite a share of the cases, all 100,000 by `npm run fuzz`.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTrust } from '../../src/core/auth/trust.ts'
import { readJsonAnswer } from '../../src/core/autodiscover/json.ts'
import { readPoxAnswer } from '../../src/core/autodiscover/pox.ts'
import { readSoapAnswer } from '../../src/core/autodiscover/soap.ts'
import { readStatus } from '../../src/core/autodiscover/status.ts'
import { limits } from '../../src/core/limits.ts'
import { offeredSchemes, parseChallenges } from '../../src/core/network/challenges.ts'
import { inServiceOrder } from '../../src/core/network/dns.ts'
import type { HttpResult } from '../../src/core/network/http.ts'
import { clouds } from '../../src/core/settings/clouds.ts'
import * as any from './arbitraries.ts'
import { domain, resultOf, search, type Reply } from './search.ts'
import { amount, patienceMs } from './size.ts'

const asResult = (reply: Reply): HttpResult =>
  resultOf({ method: 'GET', url: new URL(`https://autodiscover.${domain}/x`) }, reply)

test('answers: each reader ends with something that can be used', { timeout: patienceMs }, () => {
  fc.assert(
    fc.property(any.reply, (reply) => {
      const result = asResult(reply)
      const read = [readJsonAnswer(result), readPoxAnswer(result), readSoapAnswer(result)]
      if (result.kind === 'answer') read.push(readStatus(result))
      for (const answer of read) {
        if (answer.kind === 'url') {
          expect(URL.canParse(answer.ewsUrl)).toBe(true)
          expect(answer.ewsUrl.length).toBeLessThanOrEqual(limits.fieldCharacters)
        }
        if (answer.kind === 'redirect-url') expect(URL.canParse(answer.to)).toBe(true)
        if (answer.kind === 'needs-login') expect(reply.kind === 'answer' && reply.status).toBe(401)
        if (answer.kind === 'error') expect((answer.message ?? '').length).toBeLessThanOrEqual(300)
      }
    }),
    { numRuns: amount(30_000, 2_000) },
  )
})

test('challenges: nothing is offered that was not written', { timeout: patienceMs }, () => {
  fc.assert(
    fc.property(fc.array(any.challenge, { maxLength: 4 }), (values) => {
      const written = values.join(',').toLowerCase()
      for (const scheme of offeredSchemes(parseChallenges(values))) expect(written).toContain(scheme)
    }),
    { numRuns: amount(15_000, 1_000) },
  )
})

test('SRV sets: the order of RFC 2782, nothing doubled, nothing made up', { timeout: patienceMs }, () => {
  fc.assert(
    fc.property(any.services, fc.double({ min: 0, max: 0.999999, noNaN: true }), (records, random) => {
      const ordered = inServiceOrder(records, () => random)
      const offered = records.filter((record) => record.target !== '.' && record.target !== '')
      expect(ordered.map((record) => record.priority)).toEqual(
        ordered.map((record) => record.priority).toSorted((a, b) => a - b),
      )
      expect(ordered.length).toBeLessThanOrEqual(records.length)
      expect(ordered.length).toBeGreaterThanOrEqual(Math.min(offered.length, ordered.length))
      for (const record of ordered) expect(records).toContain(record)
      expect(new Set(ordered).size).toBe(ordered.length)
    }),
    { numRuns: amount(15_000, 1_000) },
  )
})

test('trust: by rules of its own, nobody outside gets it', { timeout: patienceMs }, () => {
  const trust = createTrust({
    mailDomain: domain,
    cloud: clouds.global,
    typed: new Set(),
    proven: new Set(),
    consented: new Set(),
  })
  const known = new Set([clouds.global.ewsHost, clouds.global.authorityHost, ...clouds.global.autodiscoverHosts])
  fc.assert(
    fc.property(any.url, any.url, (named, text) => {
      if (!URL.canParse(text)) return
      const url = new URL(text)
      const name = url.hostname.toLowerCase().replace(/\.$/, '')
      const judged = trust.judge(url, { by: named, source: null })
      const mine = name === domain || name.endsWith(`.${domain}`) || known.has(name)
      if (judged.kind === 'trusted') {
        expect([url.protocol, mine, judged.trusted.host]).toEqual(['https:', true, name])
      } else if (url.protocol === 'https:' && mine) throw new Error(`${text} is not trusted`)
    }),
    { numRuns: amount(15_000, 1_000) },
  )
})

describe('whole searches on a scripted network', () => {
  const together = amount(1_000, 250)
  test('no crash, no hang, no stranger gets credentials, nobody is asked twice', { timeout: patienceMs }, async () => {
    let located = 0
    let cases = 0
    const seed = Math.floor(Math.random() * 2 ** 31)
    for (let turn = 0; turn < amount(25, 4); turn++) {
      // Side by side, because a search waits more than it works; fast-check would print all of them for one that fails.
      const scripts = fc.sample(any.script, { seed: seed + turn, numRuns: together })
      const ended = await Promise.all(scripts.map((script) => search(script)))
      const wrong = ended.findIndex(({ problems }) => problems.length > 0)
      if (wrong >= 0)
        throw new Error(
          `seed ${seed + turn}, case ${wrong}: ${ended[wrong]?.problems.join('; ') ?? ''}\n${JSON.stringify(scripts[wrong]).slice(0, 4_000)}`,
        )
      located += ended.filter((search) => search.located !== null).length
      cases += ended.length
    }
    // The drawn worlds are no desert: some of them do have an Exchange.
    expect(located).toBeGreaterThan(cases / 500)
  })
})
