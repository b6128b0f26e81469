/** `ews-setup serve`: the dialog in a browser on this machine. */
import { fileURLToPath } from 'node:url'
import { connectorHost } from './execute.ts'
import type { Language, Notice } from '../contract/contract.ts'
import type { NetworkOptions, Settings } from '../core/settings/settings.ts'
import { lazyConnector } from '../host/lazyConnector.ts'
import { openInBrowser } from '../host/openInBrowser.ts'
import { openAutomation } from '../host/automation/automation.ts'
import { openSecrets } from '../host/openSecrets.ts'
import { networkOver } from '../host/drafts.ts'
import { createRouter } from '../host/router.ts'
import type { SecretStore } from '../host/secretStore.ts'
import { openSettingsFile } from '../host/settingsFile.ts'
import { stateDirectory } from '../host/stateDirectory.ts'
import { openUpdates } from '../host/updates.ts'
import { updatesDisabled, updateSource } from '../host/updateSource.ts'
import { version } from '../host/version.ts'
import { serve, type Served } from '../web/serve.ts'

export type ServeDialogOptions = {
  language: Language
  open: boolean
  signal: AbortSignal
  port?: number
  debug: boolean
  /** Directory of settings; default: the platform's. */
  directory?: string
  /** Default: the operating system's keychain. */
  secretStore?: SecretStore
  networkDefaults?: Partial<NetworkOptions>
  /** Where proxies are looked up; default: this process's. */
  environment?: Readonly<Record<string, string | undefined>>
  notices?: readonly Notice[]
}

export async function serveDialog(o: ServeDialogOptions): Promise<Served> {
  const directory = o.directory ?? stateDirectory()
  const connector = lazyConnector(() => connectorHost(o.debug, o.environment))
  const settingsFile = openSettingsFile({ directory })
  const secretStore = o.secretStore ?? openSecrets(directory)
  const network = (settings: Settings) => networkOver(o.networkDefaults, settings.network)
  const automation = openAutomation({ directory, settingsFile, secretStore, connector, face: 'browser', network })
  const updates = openUpdates({
    source: updateSource,
    isDisabled: updatesDisabled(o.environment ?? process.env),
    version,
    settingsFile,
    host: () => connectorHost(o.debug, o.environment),
    network: o.networkDefaults,
  })
  const router = createRouter({
    connector,
    settingsFile,
    secretStore,
    automation,
    updates,
    face: 'browser',
    version,
    language: o.language,
    openLink: openInBrowser,
    ...(o.networkDefaults === undefined ? {} : { networkDefaults: o.networkDefaults }),
    ...(o.notices === undefined ? {} : { notices: o.notices }),
  })
  const served = await serve({
    router,
    ...(o.port === undefined ? {} : { port: o.port }),
    // Beside the built command line: out/cli and out/renderer.
    rendererDir: fileURLToPath(new URL('../renderer/', import.meta.url)),
    open: o.open,
    language: o.language,
    signal: o.signal,
  })
  connector.prepareSoon()
  void updates.atStart()
  const stop = new AbortController()
  const running = automation.run(stop.signal, { wait: true })
  const end = async (): Promise<void> => {
    await served.closed
    stop.abort()
    await running
  }
  return { url: served.url, closed: end() }
}
