/** The default session: protocol handlers, permissions, requests. What Chromium would ask of it is asked of the program's handlers. */
import { EventEmitter } from 'node:events'
import type { ProxyConfig, Session, WebRequest } from 'electron'
import type { CdpSession } from './cdp.ts'
import { refuse } from './refuse.ts'
import { toPage } from './schemes.ts'

type ProtocolHandler = (request: Request) => Response | Promise<Response>
type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0]
type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0]
type BeforeRequest = (details: Record<string, unknown>, callback: (answer: { cancel?: boolean }) => void) => void

/** Electron's name of a permission, and Chromium's for `Browser.setPermission`. */
const permissions = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['window-management', 'window-management'],
  ['local-fonts', 'local-fonts'],
  ['idle-detection', 'idle-detection'],
] as const

type DeviceHandlers =
  | 'setDevicePermissionHandler'
  | 'setUSBProtectedClassesHandler'
  | 'setBluetoothPairingHandler'
  | 'setDisplayMediaRequestHandler'

export class DoubleSession extends EventEmitter implements Pick<Session, DeviceHandlers> {
  readonly handlers = new Map<string, ProtocolHandler>()
  #request: RequestHandler = null
  #check: CheckHandler = null
  #beforeRequest: BeforeRequest | null = null

  readonly protocol = {
    handle: (scheme: string, handler: ProtocolHandler): void => {
      if (this.handlers.has(scheme)) throw new Error('Failed to register protocol')
      this.handlers.set(scheme, handler)
    },
    unhandle: (scheme: string): void => void this.handlers.delete(scheme),
    isProtocolHandled: (scheme: string): boolean => this.handlers.has(scheme),
  }

  readonly webRequest = {
    onBeforeRequest: (...args: Parameters<WebRequest['onBeforeRequest']>): void => {
      const [listener, more]: unknown[] = args
      if (typeof listener !== 'function' && listener !== null) throw refuse('webRequest filters')
      if (more !== undefined) throw refuse('webRequest filters')
      this.#beforeRequest = listener as BeforeRequest | null
    },
  }

  #proxy = 'DIRECT'
  /** Kept and told; the double's Chromium is started without any proxy, so what one holds back is not seen here. */
  setProxy({ mode, proxyRules, proxyBypassRules }: ProxyConfig): Promise<void> {
    if (mode !== 'fixed_servers' || proxyRules === undefined) throw refuse(`setProxy of mode ${mode}`)
    this.#proxy = proxyBypassRules === '<-loopback>' ? `PROXY ${proxyRules}` : `PROXY ${proxyRules}; loopback DIRECT`
    return Promise.resolve()
  }
  resolveProxy(): Promise<string> {
    return Promise.resolve(this.#proxy)
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler
  }
  setDevicePermissionHandler(): void {
    // Devices cannot be plugged into a double.
  }
  setUSBProtectedClassesHandler(): void {
    // As above.
  }
  setBluetoothPairingHandler(): void {
    // As above.
  }
  setDisplayMediaRequestHandler(): void {
    // Chromium asks the permissions first, and they are denied.
  }

  /** What the program's listener says to a request of a page; every request without a listener goes through. */
  isCancelled(details: { url: string; method: string; resourceType: string; webContentsId: number }): Promise<boolean> {
    const listener = this.#beforeRequest
    if (listener === null) return Promise.resolve(false)
    return new Promise((resolve) => {
      listener({ ...details, id: 0, timestamp: Date.now() }, ({ cancel = false, ...rest }) => {
        if (Object.keys(rest).length > 0) throw refuse(`webRequest answers with ${Object.keys(rest).join(', ')}`)
        resolve(cancel)
      })
    })
  }

  /**
   * Gives Chromium the answers of the program's handlers for a page's origin. Electron grants whatever it is not told to deny, and asks
   * one handler for checks and another for requests; Chromium has one state, which is granted when either of them would grant.
   */
  async applyPermissions(root: CdpSession, contents: unknown, url: string): Promise<void> {
    if (!URL.canParse(toPage(url))) return
    const origin = new URL(toPage(url)).origin
    if (origin === 'null') return
    const programOrigin = `${url.split('/').slice(0, 3).join('/')}/`
    for (const [permission, name] of permissions) {
      const granted =
        (await this.#requested(contents, permission, url)) || this.#checked(contents, permission, programOrigin, url)
      const setting = granted ? ('granted' as const) : ('denied' as const)
      await root.send('Browser.setPermission', {
        permission: name === 'clipboard-write' ? { name, allowWithoutSanitization: false } : { name },
        setting,
        origin,
      })
    }
  }

  #requested(contents: unknown, permission: string, url: string): Promise<boolean> {
    const handler = this.#request
    if (handler === null) return Promise.resolve(true)
    return new Promise((resolve) => {
      Reflect.apply(handler, undefined, [contents, permission, resolve, { isMainFrame: true, requestingUrl: url }])
    })
  }

  #checked(contents: unknown, permission: string, origin: string, url: string): boolean {
    if (this.#check === null) return true
    const details = { isMainFrame: true, requestingUrl: url, securityOrigin: origin }
    return Boolean(Reflect.apply(this.#check, undefined, [contents, permission, origin, details]))
  }
}

export const defaultSession = new DoubleSession()
