/** The runs that windows start: what they are asked with, and what each teaches about URLs, consents and the registration. */
import { implement } from '@orpc/server'
import { contract, type Draft, type SecondForm, type TypedSecrets } from '../contract/contract.ts'
import type { Withheld } from '../contract/run.ts'
import { assertNever } from '../core/assertNever.ts'
import type { Connector } from '../core/connector.ts'
import { hostOf } from '../core/network/url.ts'
import type { CheckReach, PermissionModel } from '../core/registration/models.ts'
import type { RunEvent } from '../core/runs/events.ts'
import type { Drafts } from './drafts.ts'
import { afterRun, guideOf } from './guide.ts'
import type { HeldKind, HeldSecrets } from './heldSecrets.ts'
import { openRuns, type Answer, type StartedRun } from './runs.ts'
import type { SettingsFile } from './settingsFile.ts'
import { profileOf, withProfile } from './settingsSchema.ts'
import { trustHosts } from './trustedHosts.ts'
import { normalUrl, type UrlOrigins } from './urlOrigins.ts'
import type { WindowContext } from './windowContext.ts'

type GuideCheck = { reach: CheckReach; model: PermissionModel }

export type RunCall = {
  draft: Draft
  typed: TypedSecrets
  second?: SecondForm | undefined
  profile: string | undefined
  window: string
  signal: AbortSignal | undefined
}

export type StartedWindowRun = StartedRun | { kind: 'withheld'; withheld: Withheld }

export type WindowRuns = ReturnType<typeof openWindowRuns>

export function openWindowRuns(o: {
  connector: Connector
  drafts: Drafts
  held: HeldSecrets
  settingsFile: SettingsFile
  urlOrigins: UrlOrigins
}) {
  const { connector, drafts, held, settingsFile, urlOrigins } = o
  const runs = openRuns()

  /** What a run that worked teaches about URLs. `mayProve`: a stored URL of a file may become one that gets the saved secrets. */
  function learn(name: string, draft: Draft, event: RunEvent, mayProve: boolean): void {
    if (event.kind !== 'ended' || !event.result.ok) return
    const { command, ewsUrl, source } = event.result.evidence
    // A check of the guide names no URL for the field, and most of them ask none.
    if (command === 'registration') return
    if (command === 'locate') {
      if (ewsUrl !== null) urlOrigins.remember(name, ewsUrl, 'found', source)
      return
    }
    const urls = [draft.ewsUrl, ewsUrl ?? ''].filter((url) => url.trim() !== '')
    for (const url of urls) urlOrigins.remember(name, url, 'proven', source)
    // A stored URL that has just been proven need not be saved again by hand to count as such.
    const stored = profileOf(settingsFile.read(), name).settings
    const isStored = urls.some((url) => normalUrl(url) === normalUrl(stored.ewsUrl))
    if (!isStored || stored.ewsUrlOrigin === 'proven') return
    if (stored.ewsUrlOrigin === 'imported' && !mayProve) return
    settingsFile.update((content) =>
      withProfile(content, name, (profile) => ({
        ...profile,
        settings: { ...profile.settings, ewsUrlOrigin: 'proven' },
      })),
    )
  }

  /** What a run shows about the registration; that it cannot be stored spoils no run. */
  function learnForGuide(name: string, event: RunEvent, asked: Parameters<typeof afterRun>[2]): void {
    if (event.kind !== 'ended') return
    const profile = profileOf(settingsFile.read(), name)
    const guide = afterRun(guideOf(profile), event, asked)
    if (guide !== null) settingsFile.update((content) => withProfile(content, name, (now) => ({ ...now, guide })))
  }

  /**
   * A window answers for what it sent along itself. For saved secrets, and to remember a host that these would go to from then on, a
   * person is asked where no window can answer.
   */
  async function settled(
    { name, kinds }: { name: string; kinds: readonly HeldKind[] },
    host: string,
    answer: Answer,
  ): Promise<boolean> {
    if (!answer.consent || !(await held.mayConsent(name, kinds, host))) return false
    if (!answer.remember) return true
    const { all: saved } = await held.savedKinds(name, drafts.shownProfile(name).profile)
    if (await held.mayConsent(name, saved, host))
      trustHosts(settingsFile, name, (hosts) => [...new Set([...hosts, host])])
    return true
  }

  async function startRun(command: 'locate' | 'test' | GuideCheck, call: RunCall): Promise<StartedWindowRun> {
    const made = await drafts.requestOf(call.draft, call.typed, call.profile, call.second)
    if (made.kind === 'withheld') return made
    const { name, request } = made
    const { profile } = drafts.shownProfile(name)
    const { all: saved } = await held.savedKinds(name, profile)
    // A login with what was just typed proves a URL for that alone.
    const mayProve = saved.every((kind) => made.held.includes(kind))
    const asked = typeof command === 'string' ? null : command
    let windowAnswered = false
    return runs.start({
      window: call.window,
      signal: call.signal,
      begin: (runOptions) =>
        typeof command === 'string'
          ? connector[command](request, runOptions)
          : connector.registration({ ...request, ...command }, runOptions),
      onEvent: (event) => {
        learn(name, call.draft, event, mayProve)
        const host = windowAnswered ? null : foundHost(event)
        if (host !== null) held.learnFound({ name, stored: profile.settings, wanted: request.settings, host })
        learnForGuide(name, event, asked)
      },
      onAnswer: ({ host }, answer) => {
        windowAnswered = true
        return settled({ name, kinds: made.held }, host, answer)
      },
    })
  }

  return { start: startRun, answer: runs.answer }
}

/** The host of the URL that a search found and verified. */
function foundHost(event: RunEvent): string | null {
  if (event.kind !== 'ended' || !event.result.ok || event.result.evidence.command !== 'locate') return null
  const { ewsUrl } = event.result.evidence
  return ewsUrl === null ? null : hostOf(new URL(ewsUrl))
}

/** The events of a run that began; throws the contract's error for one that did not. */
export function eventsOf(
  run: StartedWindowRun,
  errors: {
    RUN_ACTIVE: (o: { data: Record<string, never> }) => Error
    SECRET_WITHHELD: (o: { data: Withheld }) => Error
  },
): AsyncGenerator<RunEvent, void, void> {
  switch (run.kind) {
    case 'started':
      return run.events
    case 'active':
      throw errors.RUN_ACTIVE({ data: {} })
    case 'withheld':
      throw errors.SECRET_WITHHELD({ data: run.withheld })
    default:
      return assertNever(run)
  }
}

export function runsRouter(runs: WindowRuns) {
  const os = implement(contract.runs).$context<WindowContext>()
  return os.router({
    locate: os.locate.handler(async ({ input, context, signal, errors }) => {
      const run = await runs.start('locate', {
        draft: input.draft,
        typed: input.secrets,
        profile: input.profile,
        window: context.window,
        signal,
      })
      return eventsOf(run, errors)
    }),
    test: os.test.handler(async ({ input, context, signal, errors }) => {
      const run = await runs.start('test', {
        draft: input.draft,
        typed: input.secrets,
        second: input.second,
        profile: input.profile,
        window: context.window,
        signal,
      })
      return eventsOf(run, errors)
    }),
    answer: os.answer.handler(({ input, context }) => ({
      known: runs.answer(context.window, input.questionId, {
        consent: input.consent,
        remember: input.remember === true,
      }),
    })),
  })
}
