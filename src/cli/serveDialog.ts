/** `ews-setup serve`: the dialog in a browser on this machine. */
import { fileURLToPath } from 'node:url'
import { connectorHost } from './execute.ts'
import type { Language, Notice } from '../contract/contract.ts'
import type { NetworkOptions } from '../core/settings/settings.ts'
import { lazyConnector } from '../host/lazyConnector.ts'
import { openInBrowser } from '../host/openInBrowser.ts'
import { openSecrets } from '../host/openSecrets.ts'
import { createRouter } from '../host/router.ts'
import type { SecretStore } from '../host/secretStore.ts'
import { openSettingsFile } from '../host/settingsFile.ts'
import { stateDirectory } from '../host/stateDirectory.ts'
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

export function serveDialog(o: ServeDialogOptions): Promise<Served> {
  const directory = o.directory ?? stateDirectory()
  const router = createRouter({
    connector: lazyConnector(() => connectorHost(o.debug, o.environment)),
    settingsFile: openSettingsFile({ directory }),
    secretStore: o.secretStore ?? openSecrets(directory),
    face: 'browser',
    version,
    language: o.language,
    openLink: openInBrowser,
    ...(o.networkDefaults === undefined ? {} : { networkDefaults: o.networkDefaults }),
    ...(o.notices === undefined ? {} : { notices: o.notices }),
  })
  return serve({
    router,
    ...(o.port === undefined ? {} : { port: o.port }),
    // Beside the built command line: out/cli and out/renderer.
    rendererDir: fileURLToPath(new URL('../renderer/', import.meta.url)),
    open: o.open,
    language: o.language,
    signal: o.signal,
  })
}
