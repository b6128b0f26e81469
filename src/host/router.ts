/** Implements the contract between a window and the connector, for every host alike. No answer of it ever holds a secret. */
import { dirname } from 'node:path'
import { implement } from '@orpc/server'
import {
  contract,
  type AppState,
  type Draft,
  type Language,
  type Notice,
  type TypedSecrets,
} from '../contract/contract.ts'
import { links } from '../contract/links.ts'
import { secretFrom, type Secret } from '../core/auth/secret.ts'
import type { Connector, RunRequest, Secrets } from '../core/connector.ts'
import type { RunEvent } from '../core/runs/events.ts'
import { parseMailAddress } from '../core/settings/mailDomain.ts'
import {
  secretKinds,
  settingsSchema,
  type NetworkOptions,
  type SecretKind,
  type Settings,
} from '../core/settings/settings.ts'
import { diagnosisRouter } from './diagnosis.ts'
import { openAutomation, type Automation } from './automation/automation.ts'
import { createConnectionsRouter } from './connections.ts'
import { openRuns } from './runs.ts'
import type { SecretStore } from './secretStore.ts'
import type { SettingsFile } from './settingsFile.ts'
import { profileOf, type Profile, type SettingsContent } from './settingsSchema.ts'
import { normalUrl, openUrlOrigins } from './urlOrigins.ts'

/** Day on which EWS ends in Exchange Online. */
const ewsOnlineEnds = Date.UTC(2027, 3, 1)
const dayMs = 86_400_000

/** Who calls: one page in one window. Each reload is another one. */
export type WindowContext = { window: string }

export type RouterOptions = {
  connector: Connector
  settingsFile: SettingsFile
  secretStore: SecretStore
  face: AppState['face']
  version: string
  /** Language until the person chooses one. */
  language: Language
  /** Gets an address of `links`, never one that a window named. */
  openLink: (url: string) => unknown
  /** Options of the host's command line, over those of every profile; never saved. */
  networkDefaults?: Partial<NetworkOptions>
  /** Told besides those of the settings file, such as `demo`. */
  notices?: readonly Notice[]
  /** Keeps automatic calls running; a router without one shows what another process does. */
  automation?: Automation
  clock?: () => Date
  onLanguage?: (language: Language) => void
}

export type Router = ReturnType<typeof createRouter>

/** Blanks around a pasted client secret are never part of it; in a password they may be. */
function typedSecret(typed: TypedSecrets, kind: SecretKind): Secret | undefined {
  return secretFrom(kind === 'clientSecret' ? typed[kind]?.trim() : typed[kind])
}

export function createRouter(options: RouterOptions) {
  const { connector, settingsFile, secretStore, clock = () => new Date() } = options
  const runs = openRuns()
  const urlOrigins = openUrlOrigins()
  /** Hosts that the person consented to in this session, per mail domain. */
  const consents = new Map<string, Set<string>>()
  let language: Language | undefined

  const currentProfile = () => {
    const content = settingsFile.read()
    return { content, name: content.profile, profile: profileOf(content, content.profile) }
  }

  async function savedAt(name: string, profile: Profile, kind: SecretKind): Promise<string | null> {
    const { kind: where } = await secretStore.state()
    if (where === 'memory') return secretStore.inMemorySince({ profile: name, kind })
    return profile.secrets[kind]?.savedAt ?? null
  }

  async function snapshot(): Promise<AppState> {
    const { content, name, profile } = currentProfile()
    const { ewsUrlOrigin, ewsUrlSource, network: _network, ...draft } = profile.settings
    return {
      version: options.version,
      face: options.face,
      language: language ?? content.language ?? options.language,
      profile: name,
      draft,
      urlOrigin: ewsUrlOrigin,
      urlSource: ewsUrlSource,
      secrets: {
        password: stateOf(await savedAt(name, profile, 'password')),
        clientSecret: stateOf(await savedAt(name, profile, 'clientSecret')),
      },
      secretStore: await secretStore.state(),
      notices: [...(options.notices ?? []), ...settingsFile.notices()],
      daysOfEwsOnline: daysUntil(clock()),
    }
  }

  function settingsOf(draft: Draft, name: string, stored: Settings): Settings {
    return settingsSchema.parse({ ...draft, ...urlOrigins.of(name, draft.ewsUrl, stored), network: stored.network })
  }

  function networkOf(settings: Settings): NetworkOptions {
    const network = networkOver(options.networkDefaults, settings.network)
    return { ...network, trustedHosts: [...new Set([...network.trustedHosts, ...consentedHosts(settings.email)])] }
  }

  function consentedHosts(email: string): string[] {
    const domain = parseMailAddress(email, { domainAlone: true })?.registrableDomain
    return domain === undefined ? [] : [...(consents.get(domain) ?? [])]
  }

  async function secretsOf(typed: TypedSecrets, name: string, profile: Profile): Promise<Secrets> {
    const secrets: Secrets = {}
    for (const kind of secretKinds) {
      const secret = typedSecret(typed, kind)
      if (secret !== undefined) secrets[kind] = secret
      else if ((await savedAt(name, profile, kind)) !== null)
        secrets[kind] = await secretStore.read({ profile: name, kind })
    }
    return secrets
  }

  async function requestOf(draft: Draft, typed: TypedSecrets): Promise<{ name: string; request: RunRequest }> {
    const { name, profile } = currentProfile()
    const settings = settingsOf(draft, name, profile.settings)
    const secrets = await secretsOf(typed, name, profile)
    return { name, request: { settings: { ...settings, network: networkOf(settings) }, secrets } }
  }

  /** What a run that worked teaches about URLs. */
  function learn(name: string, draft: Draft, event: RunEvent): void {
    if (event.kind !== 'ended' || !event.result.ok) return
    const { command, ewsUrl, source } = event.result.evidence
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
    settingsFile.update((content) =>
      withProfile(content, name, (profile) => ({
        ...profile,
        settings: { ...profile.settings, ewsUrlOrigin: 'proven' },
      })),
    )
  }

  async function startRun(
    command: 'locate' | 'test',
    call: { draft: Draft; typed: TypedSecrets; window: string; signal: AbortSignal | undefined },
  ) {
    const { name, request } = await requestOf(call.draft, call.typed)
    return runs.start({
      window: call.window,
      signal: call.signal,
      begin: (runOptions) => connector[command](request, runOptions),
      onEvent: (event) => learn(name, call.draft, event),
      onAnswer: (question, consent) => {
        if (!consent) return
        const domain =
          parseMailAddress(question.mailDomain, { domainAlone: true })?.registrableDomain ?? question.mailDomain
        consents.set(domain, (consents.get(domain) ?? new Set()).add(question.host))
      },
    })
  }

  const automation =
    options.automation ??
    openAutomation({
      directory: dirname(settingsFile.path),
      settingsFile,
      secretStore,
      connector,
      face: options.face,
      network: (settings) => networkOver(options.networkDefaults, settings.network),
    })
  const os = implement(contract).$context<WindowContext>()

  return os.router({
    app: {
      start: os.app.start.handler(snapshot),
      setLanguage: os.app.setLanguage.handler(({ input }) => {
        language = input.language
        settingsFile.update((content) => ({ ...content, language: input.language }))
        options.onLanguage?.(input.language)
        return {}
      }),
      openLink: os.app.openLink.handler(async ({ input }) => {
        await options.openLink(links[input.link])
        return {}
      }),
    },
    settings: {
      check: os.settings.check.handler(({ input }) => {
        // Judged while typing: what is saved was judged when it was typed, and no keychain is asked at every pause.
        const { name, profile } = currentProfile()
        const settings = settingsOf(input.draft, name, profile.settings)
        const secrets = {
          password: secretFrom(input.secrets.password),
          clientSecret: secretFrom(input.secrets.clientSecret),
        }
        return connector.check({ settings, secrets })
      }),
      save: os.settings.save.handler(async ({ input, errors }) => {
        const code = settingsFile.obstacle()
        if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
        const { name } = currentProfile()
        const now = clock().toISOString()
        const where = (await secretStore.state()).kind
        const saved: SecretKind[] = []
        for (const kind of secretKinds) {
          const secret = typedSecret(input.secrets, kind)
          if (secret === undefined) continue
          if (!(await secretStore.write({ profile: name, kind }, secret)))
            throw errors.SECRET_NOT_SAVED({ data: { kind } })
          if (where === 'keychain') saved.push(kind)
        }
        const result = settingsFile.update((content) =>
          withProfile(content, name, (profile) => {
            const settings = settingsOf(input.draft, name, profile.settings)
            return {
              ...profile,
              settings,
              secrets: { ...profile.secrets, ...Object.fromEntries(saved.map((kind) => [kind, { savedAt: now }])) },
            }
          }),
        )
        if (result.kind === 'not-saved') throw errors.SETTINGS_NOT_SAVED({ data: { code: result.code } })
        automation.poke()
        return snapshot()
      }),
      removeSecret: os.settings.removeSecret.handler(async ({ input: { kind }, errors }) => {
        const { name, profile } = currentProfile()
        if (!(await secretStore.remove({ profile: name, kind }))) throw errors.SECRET_NOT_SAVED({ data: { kind } })
        if (profile.secrets[kind] !== undefined) {
          const result = settingsFile.update((content) =>
            withProfile(content, name, ({ secrets: { [kind]: _removed, ...secrets }, ...rest }) => ({
              ...rest,
              secrets,
            })),
          )
          if (result.kind === 'not-saved') throw errors.SETTINGS_NOT_SAVED({ data: { code: result.code } })
        }
        return snapshot()
      }),
    },
    connections: createConnectionsRouter({ settingsFile, secretStore, automation, clock }),
    runs: {
      locate: os.runs.locate.handler(async ({ input, context, signal, errors }) => {
        const run = await startRun('locate', {
          draft: input.draft,
          typed: input.secrets,
          window: context.window,
          signal,
        })
        if (run.kind === 'active') throw errors.RUN_ACTIVE({ data: {} })
        return run.events
      }),
      test: os.runs.test.handler(async ({ input, context, signal, errors }) => {
        const run = await startRun('test', { draft: input.draft, typed: input.secrets, window: context.window, signal })
        if (run.kind === 'active') throw errors.RUN_ACTIVE({ data: {} })
        return run.events
      }),
      answer: os.runs.answer.handler(({ input, context }) => ({
        known: runs.answer(context.window, input.questionId, input.consent),
      })),
    },
    diagnosis: diagnosisRouter({ version: options.version, clock }),
  })
}

/** A host's own options over those of a profile. */
export function networkOver(defaults: Partial<NetworkOptions> | undefined, network: NetworkOptions): NetworkOptions {
  return {
    ...network,
    ...defaults,
    connectTo: [...(defaults?.connectTo ?? []), ...network.connectTo],
    trustedHosts: [...new Set([...(defaults?.trustedHosts ?? []), ...network.trustedHosts])],
  }
}

function stateOf(savedAt: string | null): { savedAt: string } | null {
  return savedAt === null ? null : { savedAt }
}

function withProfile(content: SettingsContent, name: string, change: (profile: Profile) => Profile): SettingsContent {
  return { ...content, profiles: { ...content.profiles, [name]: change(profileOf(content, name)) } }
}

/** Whole calendar days from the day that the host's clock shows; negative once EWS has ended. */
function daysUntil(now: Date): number {
  return Math.round((ewsOnlineEnds - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / dayMs)
}
