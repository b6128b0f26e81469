/** What no page may do, whatever it shows: leave, open windows, get permissions or devices, or load from elsewhere. */
import type { App, Session, WebContents } from 'electron'
import { isOwnRequest, type Page } from './page.ts'

/** The port of the discard service, where nothing answers. */
const nowhere = '127.0.0.1:9'

/** Navigation, windows and embedded pages; for every web contents that ever comes to be. */
export function hardenContents(contents: WebContents, page: Page, report: (problem: string) => void): void {
  const stay = (event: { preventDefault: () => void; url: string; isMainFrame: boolean }) => {
    // The development server reloads its page by navigating to it.
    if (page.development && event.isMainFrame && event.url === page.url) return
    event.preventDefault()
  }
  // Peer connections need no permission and pass by every listener for requests: what is left to them is the session's proxy.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('select-bluetooth-device', (event, _devices, callback) => {
    // Unprevented, the first device in reach would be taken.
    event.preventDefault()
    callback('')
  })
  contents.on('preload-error', (_event, path, error) => report(`preload ${path}: ${error.message}`))
}

/**
 * The second wall: a session whose only way out is a proxy that is not there. It holds what no policy and no listener sees, such as peer
 * connections, connections made beforehand, and names that are looked up beforehand. The page itself needs no network.
 */
export async function closeNetwork(session: Pick<Session, 'setProxy'>, page: Page): Promise<void> {
  if (page.development) return
  await session.setProxy({ mode: 'fixed_servers', proxyRules: nowhere, proxyBypassRules: '<-loopback>' })
}

/** Permissions, devices and requests. Both permission handlers are needed: one alone leaves the other way open. */
export function hardenSession(session: Session, page: Page): void {
  const copies = 'clipboard-sanitized-write'
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(permission === copies && details.isMainFrame && isPage(page, details.requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => permission === copies && isPage(page, origin))
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !isOwnRequest(page, url) }))
  refuseDevices(session)
}

const usbClasses = ['audio', 'audio-video', 'hid', 'mass-storage', 'smart-card', 'video', 'wireless']

/** Nothing here needs a device. Each of these is refused by itself, so that none depends on what another one's default is. */
function refuseDevices(session: Session): void {
  session.setDevicePermissionHandler(() => false)
  session.setUSBProtectedClassesHandler(() => usbClasses)
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }))
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null))
  session.on('select-hid-device', (event, _details, callback) => {
    event.preventDefault()
    callback()
  })
  session.on('select-usb-device', (event, _details, callback) => {
    event.preventDefault()
    callback()
  })
  session.on('select-serial-port', (event, _ports, _contents, callback) => {
    event.preventDefault()
    callback('')
  })
}

/** Unhandled, the first client certificate that matches would be sent. */
export function refuseClientCertificates(app: App): void {
  app.on('select-client-certificate', (event, _contents, _url, _certificates, callback) => {
    event.preventDefault()
    callback()
  })
}

function isPage(page: Page, address: string): boolean {
  return address === page.origin || address.startsWith(`${page.origin}/`)
}
