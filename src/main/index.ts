/**
 * The Electron host. What has to happen before the program is ready happens in the order below, in this file's first turn; the rest
 * waits for `whenReady`.
 */
import { Console } from 'node:console'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, nativeTheme, protocol, session, shell } from 'electron'
import type { Language } from '../contract/contract.ts'
import { lazyConnector } from '../host/lazyConnector.ts'
import { machineDomain } from '../host/machineDomain.ts'
import { openSecrets } from '../host/openSecrets.ts'
import { createRouter } from '../host/router.ts'
import { openSettingsFile } from '../host/settingsFile.ts'
import { stateDirectory } from '../host/stateDirectory.ts'
import { systemCas } from '../host/systemCas.ts'
import { version } from '../host/version.ts'
import { sheetHtml, sheetOf } from '../texts/sheet.ts'
import { runAutomaticCalls } from './automaticCalls.ts'
import { openChannel } from './channel.ts'
import { hardenContents, hardenSession, refuseClientCertificates } from './hardening.ts'
import { menuTexts, setMenu } from './menu.ts'
import { pageOf, scheme } from './page.ts'
import { printToPdf } from './pdf.ts'
import { schemeHandler } from './schemeHandler.ts'
import { openElectronStore } from './settings.ts'
import { createTray } from './tray.ts'
import { openWindow } from './window.ts'

const page = pageOf(process.env['ELECTRON_RENDERER_URL'], app.isPackaged)
const developerTools = !app.isPackaged

/** For whoever started the program from a terminal; one that has gone is no error. Errors of ours never hold a secret. */
const terminal = new Console({ stdout: process.stdout, stderr: process.stderr, ignoreErrors: true })
function report(problem: unknown): void {
  terminal.error(problem instanceof Error ? (problem.stack ?? problem.message) : problem)
}

// With a listener Electron shows no dialog and goes on: settings are written whole, and a run that broke says so in the window.
process.on('uncaughtException', report)
process.on('unhandledRejection', report)

app.setAppUserModelId('de.ews-setup.app')
const directory = claimDirectory()
if (app.requestSingleInstanceLock()) start()
else app.exit(0)

/** Must precede the lock and the settings, which both live there. Chromium's own files get a folder of their own. */
function claimDirectory(): string {
  // Given by whoever runs two programs side by side.
  if (app.commandLine.hasSwitch('user-data-dir')) return app.getPath('userData')
  const own = stateDirectory()
  try {
    const chromium = join(own, 'window')
    mkdirSync(chromium, { recursive: true, mode: 0o700 })
    app.setPath('userData', own)
    app.setPath('sessionData', chromium)
  } catch (error) {
    // Electron's own choice then; the settings file tells the person that nothing can be saved.
    report(error)
  }
  return own
}

function start(): void {
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, page, report))
  refuseClientCertificates(app)
  app.on('child-process-gone', (_event, { type, reason }) => report(`a process of Chromium ended: ${type}, ${reason}`))
  app
    .whenReady()
    .then(run)
    .catch((error: unknown) => {
      report(error)
      app.exit(1)
    })
}

function run(): void {
  hardenSession(session.defaultSession, page)
  session.defaultSession.protocol.handle(scheme, schemeHandler(join(import.meta.dirname, '../renderer')))

  const settingsFile = openSettingsFile({ directory, openStore: openElectronStore })
  const stored = settingsFile.read()
  let language: Language = stored.language ?? (app.getLocale().toLowerCase().startsWith('de') ? 'de' : 'en')
  nativeTheme.themeSource = stored.theme ?? 'system'
  const openLink = (url: string) => shell.openExternal(url)
  const showMenu = () => setMenu({ language, platform: process.platform, developerTools, openLink })
  showMenu()

  const connector = lazyConnector(() => ({
    version,
    get systemCas() {
      return systemCas()
    },
    environment: process.env,
    machineDomain: () => machineDomain({ environment: process.env }),
    // Chromium knows the system's setting, proxy scripts included.
    systemProxy: (origin) => session.defaultSession.resolveProxy(origin),
  }))
  const secretStore = openSecrets(directory)
  const tray = createTray({
    language: () => language,
    notifies: () => settingsFile.read().notifyInactive,
    onNotifies(on) {
      settingsFile.update((content) => ({ ...content, notifyInactive: on }))
      tray.refresh()
    },
    onOpen: () => raise(),
    onQuit: () => app.quit(),
    report,
  })
  const automation = runAutomaticCalls({ app, tray, report, directory, settingsFile, secretStore, connector })
  const router = createRouter({
    connector,
    settingsFile,
    secretStore,
    automation,
    face: 'desktop',
    version,
    language,
    openLink,
    printSheet: (profiles, sheetLanguage) =>
      printToPdf(sheetHtml(sheetOf(profiles, { language: sheetLanguage, version, now: new Date() }))),
    onLanguage(chosen) {
      language = chosen
      showMenu()
      tray.refresh()
    },
  })

  const open = () =>
    openWindow({
      page,
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      developerTools,
      report,
      onCreated: (window) => openChannel({ contents: window.webContents, page, router, report }),
      onBroken() {
        const texts = menuTexts(language)
        dialog.showErrorBox(texts.crashedTitle, texts.crashedDetail)
        app.exit(1)
      },
    })
  open()
  connector.prepareSoon()

  const raise = () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) {
      open()
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  app.on('second-instance', raise)
  app.on('activate', raise)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}
