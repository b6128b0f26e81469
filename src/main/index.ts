/**
 * The Electron host. What has to happen before the program is ready happens in the order below, in this file's first turn; the rest
 * waits for `whenReady`.
 */
import { Console } from 'node:console'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, nativeTheme, protocol, session, shell } from 'electron'
import type { Language } from '../contract/contract.ts'
import type { ConnectorHost } from '../core/connector.ts'
import { openArrivals } from '../host/arrivals/arrivals.ts'
import { lazyConnector } from '../host/lazyConnector.ts'
import { logFolder, openLog, type Log } from '../host/log.ts'
import { machineDomain } from '../host/machineDomain.ts'
import { openSecrets } from '../host/openSecrets.ts'
import { createRouter } from '../host/router.ts'
import { openSettingsFile } from '../host/settingsFile.ts'
import { stateDirectory } from '../host/stateDirectory.ts'
import { systemCas } from '../host/systemCas.ts'
import { openUpdates } from '../host/updates.ts'
import { updatesDisabled, updateSource } from '../host/updateSource.ts'
import { version } from '../host/version.ts'
import { fill } from '../texts/format.ts'
import { sheetHtml, sheetOf } from '../texts/sheet.ts'
import { appId } from './appId.ts'
import { runAutomaticCalls } from './automaticCalls.ts'
import { openChannel } from './channel.ts'
import { openConfirm } from './confirm.ts'
import { debuggingSwitches } from './debugging.ts'
import { saveThroughDialogs } from './downloads.ts'
import { handedOver, listenForFiles } from './handedOver.ts'
import { closeNetwork, hardenContents, hardenSession, refuseClientCertificates } from './hardening.ts'
import { chooseFile, setMenu, showFolder } from './menu.ts'
import { menuTexts } from './menuTemplate.ts'
import { pageOf, scheme } from './page.ts'
import { printToPdf } from './pdf.ts'
import { schemeHandler } from './schemeHandler.ts'
import { openElectronStore } from './settings.ts'
import { createTray } from './tray.ts'
import { openWindow } from './window.ts'
import { openWindowMemory } from './windowMemory.ts'
import { zoomWindow } from './zoom.ts'

const page = pageOf(process.env['ELECTRON_RENDERER_URL'], app.isPackaged)
const developerTools = !app.isPackaged

/** For whoever started the program from a terminal; one that has gone is no error. Errors of ours never hold a secret. */
const terminal = new Console({ stdout: process.stdout, stderr: process.stderr, ignoreErrors: true })
/** For everybody else; there once the state directory is claimed, and only in the first program. */
let log: Log | null = null
function report(problem: unknown): void {
  const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)
  terminal.error(text)
  log?.write(text)
}

// With a listener Electron shows no dialog and goes on: settings are written whole, and a run that broke says so in the window.
process.on('uncaughtException', report)
process.on('unhandledRejection', report)

const arrivals = openArrivals()
/** Brings the window to the front, once there can be one. */
let raise: () => void = () => undefined
// macOS may send a file before the program is ready.
const files = listenForFiles(app, { arrivals, report, onArrived: () => raise() })

app.setAppUserModelId(appId)
const directory = claimDirectory()
const given = handedOver(process.argv, app.isPackaged)
const doors = debuggingSwitches(app)
// The first program gets what this start was given: the arguments that its event brings are neither complete nor in order.
if (doors.length > 0) refuseDebugging(doors)
else if (app.requestSingleInstanceLock(given)) start()
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

function refuseDebugging(switches: readonly string[]): void {
  // The language is known after `ready` only, which shall not come.
  const language = Intl.DateTimeFormat().resolvedOptions().locale.startsWith('de') ? 'de' : 'en'
  const { debuggingTitle, debuggingDetail } = menuTexts(language)
  const named = switches.map((name) => `--${name}`)
  dialog.showErrorBox(debuggingTitle, fill(debuggingDetail, { switches: named }, language))
  app.exit(1)
}

function start(): void {
  log = openLog({ directory, onTrouble: (code) => terminal.error(`no log can be written: ${code}`) })
  log.write(`EWS Setup ${version} started on ${process.platform}`)
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, page, report))
  refuseClientCertificates(app)
  app.on('child-process-gone', (_event, { type, reason }) => report(`a process of Chromium ended: ${type}, ${reason}`))
  app
    .whenReady()
    // Before there is a window: without it the program does not start.
    .then(() => closeNetwork(session.defaultSession, page))
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
  const memory = openWindowMemory(directory, report)
  saveThroughDialogs(session.defaultSession, { page, language: () => language, memory, arrivals, report })
  const shown = () => BrowserWindow.getAllWindows()[0]
  const showMenu = () =>
    setMenu({
      language,
      platform: process.platform,
      developerTools,
      actions: {
        openLink,
        openFile() {
          chooseFile({ language, window: shown(), memory })
            .then((path) => path !== null && files.open(path))
            .catch(report)
        },
        showLogs: () => void showFolder(logFolder(directory), language, report).catch(report),
        wish(wish) {
          arrivals.put(wish)
          raise()
        },
        zoom(wish) {
          const window = shown()
          if (window !== undefined) zoomWindow(window.webContents, memory, wish)
        },
      },
    })
  showMenu()

  const connectorHost = (): ConnectorHost => ({
    version,
    get systemCas() {
      return systemCas()
    },
    environment: process.env,
    machineDomain: () => machineDomain({ environment: process.env }),
    // Chromium knows the system's setting, proxy scripts included; the window's own session has none.
    systemProxy: (origin) => session.fromPartition('system-proxy').resolveProxy(origin),
  })
  const connector = lazyConnector(connectorHost)
  const updates = openUpdates({
    source: updateSource,
    isDisabled: updatesDisabled(process.env),
    version,
    settingsFile,
    host: connectorHost,
  })
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
    arrivals,
    face: 'desktop',
    version,
    language,
    openLink,
    updates,
    confirm: openConfirm({
      dialog,
      window: () => BrowserWindow.getAllWindows()[0],
      language: () => language,
    }),
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
      memory,
      report,
      onCreated: (window) => openChannel({ contents: window.webContents, page, router, report }),
      onBroken() {
        const texts = menuTexts(language)
        dialog.showErrorBox(texts.crashedTitle, texts.crashedDetail)
        app.exit(1)
      },
    })
  open()
  void updates.atStart()
  files.take(given)
  connector.prepareSoon()

  raise = () => {
    const window = shown()
    if (window === undefined) {
      open()
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  app.on('second-instance', (_event, _argv, _directory, more) => {
    raise()
    files.take(more)
  })
  app.on('activate', () => raise())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}
