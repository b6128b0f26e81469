/** Implements the contract between a window and the connector, for every host alike. No answer of it ever holds a secret. */
import { dirname } from 'node:path'
import { implement } from '@orpc/server'
import {
  contract,
  secretStatesSchema,
  type AppState,
  type Draft,
  type Language,
  type Notice,
  type SecretStates,
  type TypedSecrets,
} from '../contract/contract.ts'
import { links } from '../contract/links.ts'
import { secretFrom, type Secret } from '../core/auth/secret.ts'
import type { Connector, RunRequest, Secrets } from '../core/connector.ts'
import type { CheckReach, PermissionModel } from '../core/registration/models.ts'
import { daysOfEwsOnline } from '../core/registration/retirement.ts'
import type { RunEvent } from '../core/runs/events.ts'
import { parseProxy } from '../core/network/plan.ts'
import {
  secretKinds,
  settingsSchema,
  type NetworkOptions,
  type SecretKind,
  type Settings,
} from '../core/settings/settings.ts'
import { clientCertificateOf } from './clientCertificateFile.ts'
import { diagnosisRouter } from './diagnosis.ts'
import { afterRun, guideOf, reachOf } from './guide.ts'
import { guideRoutes, type GuideHost } from './guideRoutes.ts'
import { createAddressesRouter } from './addressesRouter.ts'
import type { Arrivals } from './arrivals/arrivals.ts'
import { arrivalsRouter } from './arrivals/arrivalsRouter.ts'
import { batchRouter } from './batchRouter.ts'
import { hasProfile } from './profiles.ts'
import { profilesRouter } from './profilesRouter.ts'
import { openAutomation, type Automation } from './automation/automation.ts'
import { createConnectionsRouter } from './connections.ts'
import { openRuns } from './runs.ts'
import type { SecretStore } from './secretStore.ts'
import type { SettingsFile } from './settingsFile.ts'
import { profileOf, type Profile, type SettingsContent } from './settingsSchema.ts'
import { transferRouter, type PrintSheet } from './transferRouter.ts'
import { parseKeeping } from './unknownKeys.ts'
import { normalUrl, openUrlOrigins } from './urlOrigins.ts'
import type { WindowContext } from './windowContext.ts'

type GuideCheck = { reach: CheckReach; model: PermissionModel }

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
  /** What comes from outside the window; a host without it has nothing to hand over. */
  arrivals?: Arrivals
  clock?: () => Date
  /** Prints the sheet as PDF, where the host can. */
  printSheet?: PrintSheet
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
  let language: Language | undefined

  /** The profile that a window shows: another window, or the terminal, may have made another one current since. */
  const shownProfile = (shown?: string) => {
    const content = settingsFile.read()
    const name = shown ?? content.profile
    return { content, name, profile: profileOf(content, name) }
  }

  async function savedAt(name: string, profile: Profile, kind: SecretKind): Promise<string | null> {
    const { kind: where } = await secretStore.state()
    if (where === 'memory') return secretStore.inMemorySince({ profile: name, kind })
    return profile.secrets[kind]?.savedAt ?? null
  }

  async function secretStates(name: string, profile: Profile): Promise<SecretStates> {
    const states = secretKinds.map(async (kind) => [kind, stateOf(await savedAt(name, profile, kind))] as const)
    return secretStatesSchema.parse(Object.fromEntries(await Promise.all(states)))
  }

  async function snapshot(shown?: string): Promise<AppState> {
    const { content, name, profile } = shownProfile(shown)
    const { ewsUrlOrigin, ewsUrlSource, contactFolder: _folder, network, ...settings } = profile.settings
    const { noProxy, proxyUser } = network
    const draft = { ...settings, proxy: shownProxy(network.proxy), noProxy, proxyUser }
    return {
      version: options.version,
      face: options.face,
      language: language ?? content.language ?? options.language,
      profile: name,
      draft,
      urlOrigin: ewsUrlOrigin,
      urlSource: ewsUrlSource,
      trustedHosts: profile.settings.network.trustedHosts,
      secrets: await secretStates(name, profile),
      secretStore: await secretStore.state(),
      notices: [...(options.notices ?? []), ...settingsFile.notices()],
      daysOfEwsOnline: daysOfEwsOnline(clock()),
    }
  }

  function settingsOf(draft: Draft, name: string, stored: Settings): Settings {
    const { proxy, noProxy, proxyUser, ...settings } = draft
    const network = {
      ...stored.network,
      noProxy,
      proxyUser,
      // A stored proxy may carry a login that no window has seen.
      proxy: proxy === shownProxy(stored.network.proxy) ? stored.network.proxy : proxy,
    }
    return parseKeeping(settingsSchema, {
      ...stored,
      ...settings,
      ...urlOrigins.of(name, draft.ewsUrl, stored),
      network,
    })
  }

  function networkOf(settings: Settings): NetworkOptions {
    return networkOver(options.networkDefaults, settings.network)
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

  async function requestOf(
    draft: Draft,
    typed: TypedSecrets,
    shown: string | undefined,
  ): Promise<{ name: string; request: RunRequest }> {
    const { name, profile } = shownProfile(shown)
    const settings = settingsOf(draft, name, profile.settings)
    const secrets = await secretsOf(typed, name, profile)
    const clientCertificate = await clientCertificateOf(settings, secrets.certificatePassphrase)
    return {
      name,
      request: { settings: { ...settings, network: networkOf(settings) }, secrets: { ...secrets, clientCertificate } },
    }
  }

  /** What a run that worked teaches about URLs. */
  function learn(name: string, draft: Draft, event: RunEvent): void {
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

  async function startRun(
    command: 'locate' | 'test' | GuideCheck,
    call: {
      draft: Draft
      typed: TypedSecrets
      profile: string | undefined
      window: string
      signal: AbortSignal | undefined
    },
  ) {
    const { name, request } = await requestOf(call.draft, call.typed, call.profile)
    const asked = typeof command === 'string' ? null : command
    return runs.start({
      window: call.window,
      signal: call.signal,
      begin: (runOptions) =>
        typeof command === 'string'
          ? connector[command](request, runOptions)
          : connector.registration({ ...request, ...command }, runOptions),
      onEvent: (event) => {
        learn(name, call.draft, event)
        learnForGuide(name, event, asked)
      },
      onAnswer: ({ host }, { consent, remember }) => {
        if (consent && remember) trustHosts(name, (hosts) => [...new Set([...hosts, host])])
      },
    })
  }

  /** Changes which consents a profile remembers. */
  function trustHosts(name: string, change: (hosts: readonly string[]) => string[]) {
    return settingsFile.update((content) =>
      withProfile(content, name, (profile) => {
        const { settings } = profile
        const trustedHosts = change(settings.network.trustedHosts)
        return { ...profile, settings: { ...settings, network: { ...settings.network, trustedHosts } } }
      }),
    )
  }

  const guideHost: GuideHost = {
    profile: () => shownProfile().profile,
    store: (change) => {
      const { name } = shownProfile()
      const result = settingsFile.update((content) =>
        withProfile(content, name, (profile) => ({ ...profile, guide: change(guideOf(profile)) })),
      )
      return result.kind === 'not-saved' ? result.code : null
    },
    openLink: options.openLink,
    check: ({ step, model, ...call }) => startRun({ reach: reachOf(step) ?? 'tenant', model }, call),
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
    addresses: createAddressesRouter({
      connector,
      directory: dirname(settingsFile.path),
      requestOf: async (draft, typed, profile) => (await requestOf(draft, typed, profile)).request,
    }),
    app: {
      start: os.app.start.handler(() => snapshot()),
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
      arrivals: arrivalsRouter(options.arrivals ?? null),
    },
    settings: {
      check: os.settings.check.handler(async ({ input }) => {
        // Judged while typing: what is saved was judged when it was typed, and no keychain is asked at every pause.
        const { name, profile } = shownProfile(input.profile)
        const settings = settingsOf(input.draft, name, profile.settings)
        const secrets: Secrets = {}
        // As typed: what is cleaned is said at the field.
        for (const kind of secretKinds) secrets[kind] = secretFrom(input.secrets[kind])
        // A saved passphrase is not asked for, so nothing can be said about a certificate that needs it.
        const passphraseIsSaved =
          secrets.certificatePassphrase === undefined &&
          (await savedAt(name, profile, 'certificatePassphrase')) !== null
        const clientCertificate = passphraseIsSaved
          ? undefined
          : await clientCertificateOf(settings, secrets.certificatePassphrase)
        return connector.check({ settings, secrets: { ...secrets, clientCertificate } })
      }),
      save: os.settings.save.handler(async ({ input, errors }) => {
        const code = settingsFile.obstacle()
        if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
        const { content: before, name } = shownProfile(input.profile)
        if (input.profile !== undefined && !hasProfile(before, name))
          throw errors.SETTINGS_NOT_SAVED({ data: { code: 'PROFILE_GONE' } })
        const now = clock().toISOString()
        const where = (await secretStore.state()).kind
        const saved: SecretKind[] = []
        for (const kind of secretKinds) {
          const secret = typedSecret(input.secrets, kind)
          if (secret === undefined) continue
          if (!(await secretStore.write({ profile: name, kind }, secret)))
            throw errors.SECRET_NOT_SAVED({ data: { kind } })
          if (where !== 'memory') saved.push(kind)
        }
        const result = settingsFile.update((content) =>
          withProfile(content, name, (profile) => {
            const settings = settingsOf(input.draft, name, profile.settings)
            return {
              ...profile,
              settings,
              usedAt: now,
              secrets: { ...profile.secrets, ...Object.fromEntries(saved.map((kind) => [kind, { savedAt: now }])) },
            }
          }),
        )
        if (result.kind === 'not-saved') throw errors.SETTINGS_NOT_SAVED({ data: { code: result.code } })
        automation.poke()
        return snapshot(name)
      }),
      removeSecret: os.settings.removeSecret.handler(async ({ input: { kind, profile: shown }, errors }) => {
        const { name, profile } = shownProfile(shown)
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
        return snapshot(name)
      }),
      removeTrustedHost: os.settings.removeTrustedHost.handler(({ input: { host, profile: shown }, errors }) => {
        const { name } = shownProfile(shown)
        const result = trustHosts(name, (hosts) => hosts.filter((known) => known !== host))
        if (result.kind === 'not-saved') throw errors.SETTINGS_NOT_SAVED({ data: { code: result.code } })
        return snapshot(name)
      }),
    },
    guide: guideRoutes(guideHost),
    connections: createConnectionsRouter({ settingsFile, secretStore, automation, clock }),
    runs: {
      locate: os.runs.locate.handler(async ({ input, context, signal, errors }) => {
        const run = await startRun('locate', {
          draft: input.draft,
          typed: input.secrets,
          profile: input.profile,
          window: context.window,
          signal,
        })
        if (run.kind === 'active') throw errors.RUN_ACTIVE({ data: {} })
        return run.events
      }),
      test: os.runs.test.handler(async ({ input, context, signal, errors }) => {
        const run = await startRun('test', {
          draft: input.draft,
          typed: input.secrets,
          profile: input.profile,
          window: context.window,
          signal,
        })
        if (run.kind === 'active') throw errors.RUN_ACTIVE({ data: {} })
        return run.events
      }),
      answer: os.runs.answer.handler(({ input, context }) => ({
        known: runs.answer(context.window, input.questionId, {
          consent: input.consent,
          remember: input.remember === true,
        }),
      })),
    },
    diagnosis: diagnosisRouter({ version: options.version, clock }),
    profiles: profilesRouter({ settingsFile, secretStore, clock }),
    transfer: transferRouter({
      settingsFile,
      secretStore,
      clock,
      version: options.version,
      printSheet: options.printSheet ?? null,
    }),
    batch: batchRouter({ settingsFile, secretStore, connector, networkOf }),
  })
}

/** The proxy as a window may see it: an address from an older file or a script may hold a password. */
function shownProxy(text: string): string {
  const proxy = parseProxy(text)
  if (proxy === null || proxy.password === '') return text
  proxy.password = ''
  return proxy.href
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
