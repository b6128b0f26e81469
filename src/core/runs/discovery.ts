/**
 * The search for the EWS URL. All anonymous questions go out at once; trust and rank decide, not speed alone. Only then does one
 * trusted host at a time get credentials, and only when its answer shows Exchange. Hosts outside the mail domain are hints: they are
 * asked about last, and get nothing without consent.
 */
import { askConsent, failureSummary, trustOf, type Access } from './access.ts'
import { logIn } from './autodiscoverLogin.ts'
import { askConnectionPoints, ldapHostOf } from './connectionPoints.ts'
import { createBoard, next, type UrlCandidate } from './candidates.ts'
import { endpointSummary } from './endpointSummary.ts'
import { lookAtNames } from './mailDomainNames.ts'
import { observing } from './observing.ts'
import { createQuestions } from './questions.ts'
import { createRace } from './race.ts'
import type { Run, StepOutcome, StepSpec } from './run.ts'
import { askTenant } from './tenant.ts'
import { rank } from '../autodiscover/sources.ts'
import type { TrustedHost } from '../auth/trust.ts'
import { startsAfter } from '../autodiscover/sources.ts'
import { askEndpoint, type EndpointAnswer } from '../ews/endpoint.ts'
import { hostOf, parseUrl, shownUrl } from '../network/url.ts'
import type { DiscoverySource } from '../settings/settings.ts'

export type Located = {
  ewsUrl: URL
  source: DiscoverySource
  /** Host whose answer named it. */
  namedBy: string
  trusted: TrustedHost
  endpoint: EndpointAnswer
}

/** Behind every question about Autodiscover: what these two learn only weighs the answers. */
const background = 100

/** Steps known before anything was asked. */
export function discoveryPlan(run: Run, access: Access): StepSpec[] {
  const domain = run.checked.mail?.domain ?? ''
  return [
    { name: 'names', target: null, phase: 'names' },
    { name: 'json', target: `autodiscover.${domain}`, phase: 'discovery' },
    { name: 'capabilities', target: `autodiscover.${domain}`, phase: 'discovery' },
    { name: 'json', target: domain, phase: 'discovery' },
    { name: 'capabilities', target: domain, phase: 'discovery' },
    { name: 'redirect', target: `autodiscover.${domain}`, phase: 'discovery' },
    { name: 'srv', target: null, phase: 'discovery' },
    { name: 'scp', target: ldapHostOf(run), phase: 'discovery' },
    { name: 'json', target: access.cloud.ewsHost, phase: 'discovery' },
    { name: 'tenant', target: null, phase: 'discovery' },
  ]
}

/** Finds the URL and verifies it. null: nothing was found; the steps say why. */
export async function discover(run: Run, access: Access): Promise<Located | null> {
  const { mail } = run.checked
  if (mail === null) throw new Error('discovery needs a mail address')
  const race = createRace(run.signal)
  const board = createBoard(access.oauth, run.memory.found(run.request))
  const questions = createQuestions(run, access, race, board)
  const inBackground = (ms: number, spec: StepSpec, work: () => Promise<void>): void =>
    race.start(
      background,
      race
        .pause(ms)
        .then((needed) => (needed ? work() : run.skip(spec, run.signal.aborted ? 'not-reached' : 'not-needed'))),
    )

  questions.askAddress(mail.address)
  const directory = askConnectionPoints(run, access, mail.domain, race.group)
  race.start(
    rank.connectionPoint,
    directory.urls.then((urls) => questions.askConnectionPoints(urls, mail.address)),
  )
  inBackground(startsAfter.names, { name: 'names', phase: 'names' }, async () => {
    const names = await lookAtNames(run, access, mail.domain, race.group)
    board.domainExists = names.exists
    if (names.cloudSpeaks) board.cloudSpeaks = true
  })
  inBackground(startsAfter.tenant, { name: 'tenant', phase: 'discovery' }, async () => {
    board.tenantKnown = (await askTenant(run, access, mail.domain, race.group)) !== null
  })
  run.network.prepare()

  const search = async (): Promise<Located | null> => {
    for (;;) {
      if (run.signal.aborted) return null
      const turn = next(board, race)
      if (turn.kind === 'nothing') return null
      if (turn.kind === 'wait') await race.changed(turn.ms)
      else if (turn.candidate.kind === 'login') {
        // The same account must not log in at two places at once.
        await directory.settled
        await logIn({ run, access, board, questions, candidate: turn.candidate })
      } else {
        const located = await verify(run, access, turn.candidate)
        if (located !== null) return located
      }
    }
  }

  const told = (located: Located): Located => {
    run.memory.keep(run.request, { ewsUrl: located.ewsUrl.href, source: located.source, namedBy: located.namedBy })
    return located
  }

  try {
    const located = await search()
    if (located !== null) return told(located)
    for (;;) {
      const hint = board.hints.shift()
      if (hint === undefined || run.signal.aborted) {
        if (!run.signal.aborted) run.memory.forget(run.request)
        return null
      }
      const trusted = await askConsent(run, access, hint)
      if (trusted === null) continue
      questions.askConsented(hint, trusted, mail.address)
      const consented = await search()
      if (consented !== null) return told(consented)
    }
  } finally {
    await race.stop()
    questions.close()
  }
}

/** A URL counts when EWS answers there. A host that the answer may not vouch for needs consent first. */
async function verify(run: Run, access: Access, candidate: UrlCandidate): Promise<Located | null> {
  const url = parseUrl(candidate.ewsUrl)
  if (url === null) return null
  const { namedBy, by } = candidate
  const needsConsent = access.trust.judge(url, { by: namedBy, source: by }).kind === 'needs-consent'
  const consented = needsConsent ? await askConsent(run, access, { url, namedBy }) : null
  if (needsConsent && consented === null) return null
  return run.step(
    { name: 'verify', target: url.host, phase: 'discovery' },
    async ({ signal, record }): Promise<StepOutcome<Located | null>> => {
      const trusted = consented ?? trustOf({ access, url, namedBy, source: by, record })
      if (trusted === null)
        return { value: null, state: 'warning', summary: 'redirect-insecure', facts: { to: shownUrl(url) } }
      const seen = observing(record)
      const endpoint = await askEndpoint({ url, typed: false, network: run.network, signal, record: seen.record })
      const { result } = endpoint.observation
      if (result === 'no-answer')
        return {
          value: null,
          state: 'failed',
          ...failureSummary(seen.observations, hostOf(url), endpoint.http.observation),
        }
      const good = result === 'wants-login' || result === 'open'
      const value = good ? { ewsUrl: url, source: candidate.source, namedBy, trusted, endpoint } : null
      return { value, state: good ? 'passed' : 'failed', ...endpointSummary(endpoint.observation) }
    },
  )
}
