/** Implements the contract between a window and the connector, for every host alike. No answer of it ever holds a secret. */
import { dirname } from 'node:path'
import { implement } from '@orpc/server'
import { contract, type AppState, type Language, type Notice } from '../contract/contract.ts'
import { links } from '../contract/links.ts'
import type { Connector } from '../core/connector.ts'
import { daysOfEwsOnline } from '../core/registration/retirement.ts'
import type { NetworkOptions } from '../core/settings/settings.ts'
import { aboutRouter, hasNews } from './aboutRouter.ts'
import { createAddressesRouter } from './addressesRouter.ts'
import type { Arrivals } from './arrivals/arrivals.ts'
import { arrivalsRouter } from './arrivals/arrivalsRouter.ts'
import { openAutomation, type Automation } from './automation/automation.ts'
import { batchRouter } from './batchRouter.ts'
import { createConnectionsRouter } from './connections.ts'
import { diagnosisRouter } from './diagnosis.ts'
import type { Confirm } from './confirmation.ts'
import { openDrafts } from './drafts.ts'
import { guideOf, reachOf } from './guide.ts'
import { guideRoutes, type GuideHost } from './guideRoutes.ts'
import { openHeldSecrets } from './heldSecrets.ts'
import { profilesRouter } from './profilesRouter.ts'
import type { SecretStore } from './secretStore.ts'
import type { SettingsFile } from './settingsFile.ts'
import { withProfile } from './settingsSchema.ts'
import { settingsRouter } from './settingsRouter.ts'
import { transferRouter, type PrintSheet } from './transferRouter.ts'
import type { Updates } from './updates.ts'
import { openUrlOrigins } from './urlOrigins.ts'
import { openWindowRuns, runsRouter } from './windowRuns.ts'
import type { WindowContext } from './windowContext.ts'

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
  /** Asks a person where no window can answer; absent on a host that has no such place. */
  confirm?: Confirm
  /** The update check, where the host has one. */
  updates?: Updates
  /** Prints the sheet as PDF, where the host can. */
  printSheet?: PrintSheet
  onLanguage?: (language: Language) => void
}

export type Router = ReturnType<typeof createRouter>

export function createRouter(options: RouterOptions) {
  const { connector, settingsFile, secretStore, clock = () => new Date() } = options
  const urlOrigins = openUrlOrigins()
  const held = openHeldSecrets({ secretStore, confirm: options.confirm })
  const drafts = openDrafts({ settingsFile, secretStore, held, urlOrigins, networkDefaults: options.networkDefaults })
  const runs = openWindowRuns({ connector, drafts, held, settingsFile, urlOrigins })
  let language: Language | undefined

  async function snapshot(shown?: string): Promise<AppState> {
    const { content, name, profile } = drafts.shownProfile(shown)
    const { settings } = profile
    return {
      version: options.version,
      face: options.face,
      language: language ?? content.language ?? options.language,
      profile: name,
      draft: drafts.draftOf(settings),
      urlOrigin: settings.ewsUrlOrigin,
      urlSource: settings.ewsUrlSource,
      trustedHosts: settings.network.trustedHosts,
      secrets: await drafts.secretStates(name, profile),
      secretStore: await secretStore.state(),
      notices: [...(options.notices ?? []), ...settingsFile.notices()],
      daysOfEwsOnline: daysOfEwsOnline(clock()),
      hasNews: hasNews(content, options.version),
    }
  }

  const guideHost: GuideHost = {
    profile: () => drafts.shownProfile().profile,
    store: (change) => {
      const { name } = drafts.shownProfile()
      const result = settingsFile.update((content) =>
        withProfile(content, name, (profile) => ({ ...profile, guide: change(guideOf(profile)) })),
      )
      return result.kind === 'not-saved' ? result.code : null
    },
    openLink: options.openLink,
    check: ({ step, model, ...call }) => runs.start({ reach: reachOf(step) ?? 'tenant', model }, call),
  }

  const automation =
    options.automation ??
    openAutomation({
      directory: dirname(settingsFile.path),
      settingsFile,
      secretStore,
      connector,
      face: options.face,
      network: drafts.networkOf,
    })
  const os = implement(contract).$context<WindowContext>()

  return os.router({
    addresses: createAddressesRouter({
      connector,
      directory: dirname(settingsFile.path),
      requestOf: drafts.requestOf,
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
    settings: settingsRouter({
      connector,
      drafts,
      held,
      settingsFile,
      secretStore,
      version: options.version,
      snapshot,
      onSaved: () => automation.poke(),
      clock,
    }),
    guide: guideRoutes(guideHost),
    connections: createConnectionsRouter({ settingsFile, secretStore, automation, clock }),
    runs: runsRouter(runs),
    diagnosis: diagnosisRouter({ version: options.version, clock }),
    profiles: profilesRouter({ settingsFile, secretStore, clock }),
    transfer: transferRouter({
      settingsFile,
      secretStore,
      clock,
      version: options.version,
      held,
      confirm: options.confirm,
      printSheet: options.printSheet ?? null,
    }),
    about: aboutRouter({
      version: options.version,
      settingsFile,
      updates: options.updates ?? null,
      openLink: options.openLink,
    }),
    batch: batchRouter({ settingsFile, secretStore, held, connector, networkOf: drafts.networkOf }),
  })
}
