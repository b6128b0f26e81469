/** Electron's WebContents over one page of Chromium. */
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { HandlerDetails, RenderProcessGoneDetails, WebContents, WebPreferences } from 'electron'
import type { Cdp, CdpSession } from './cdp.ts'
import { DoublePort } from './ports.ts'
import { preloadSource } from './preload.ts'
import { refuse } from './refuse.ts'
import { watchRequests } from './requests.ts'
import { originOf, toPage, toProgram } from './schemes.ts'
import { defaultSession } from './session.ts'
import { doubleIpc, makeIpc } from './surroundings.ts'
import { makeCodec } from './values.ts'
import { worldName, type Down, type Up } from './wire.ts'

type Used =
  | 'isDestroyed'
  | 'close'
  | 'reload'
  | 'loadURL'
  | 'getURL'
  | 'executeJavaScript'
  | 'forcefullyCrashRenderer'
  | 'getZoomFactor'
  | 'setZoomFactor'
type Attached = { session: CdpSession; targetId: string }
type Frame = { id: string; url: string }

const codec = makeCodec()
const all = new Map<number, DoubleContents>()

export class DoubleContents extends EventEmitter implements Pick<WebContents, Used> {
  readonly id = all.size + 1
  readonly ipc = makeIpc()
  readonly session = defaultSession
  readonly #cdp: Cdp
  readonly #attached: Promise<Attached>
  readonly #preferences: WebPreferences
  readonly #binding = `_${randomUUID()}`
  readonly #receiver = `_${randomUUID()}`
  readonly #ports = new Map<string, { port: DoublePort; world: string }>()
  #targetId: string | undefined
  #frame: Frame = { id: '', url: 'about:blank' }
  /** The isolated world of the document that is shown. */
  #world: { context: number; unique: string } | undefined
  #windowOpen: ((details: HandlerDetails) => { action: string }) | undefined
  #destroyed = false
  #zoom = 1
  readonly #size: { width: number; height: number }
  #loading: { resolve: () => void; reject: (error: Error) => void } | undefined

  constructor(options: { cdp: Cdp; preferences: WebPreferences; size: { width: number; height: number } }) {
    super()
    this.#cdp = options.cdp
    this.#preferences = options.preferences
    this.#size = options.size
    all.set(this.id, this)
    this.#attached = this.#attach(options.size)
    // Whoever loads a page gets the error.
    this.#attached.catch(() => undefined)
  }

  /** Kept and told: the double's Chromium does not follow it. */
  #webRtc = 'default'
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.#webRtc = policy
  }
  getWebRTCIPHandlingPolicy(): string {
    return this.#webRtc
  }

  static fromId(id: number): DoubleContents | undefined {
    return all.get(id)
  }
  static fromDevToolsTargetId(targetId: string): DoubleContents | undefined {
    return [...all.values()].find((contents) => contents.#targetId === targetId)
  }
  static getAllWebContents(): DoubleContents[] {
    return [...all.values()].filter((contents) => !contents.#destroyed)
  }

  getLastWebPreferences(): WebPreferences {
    return { ...this.#preferences }
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }
  getURL(): string {
    return toProgram(this.#frame.url)
  }
  setWindowOpenHandler(handler: (details: HandlerDetails) => { action: string }): void {
    this.#windowOpen = handler
  }

  /** Resolves when the page has loaded; rejects when it cannot be. */
  async loadURL(url: string): Promise<void> {
    const { session } = await this.#attached
    if (toPage(url) === url && !/^(https?|about|data):/.test(url))
      throw refuse(`loading ${url}: a scheme that was not registered as privileged`)
    await defaultSession.applyPermissions(this.#cdp.root, this, url)
    const loaded = new Promise<void>((resolve, reject) => {
      this.#loading = { resolve, reject }
    })
    loaded.catch(() => undefined)
    const { errorText } = await session.send('Page.navigate', { url: toPage(url) })
    if (errorText !== undefined) {
      this.emit('did-fail-load', {}, -1, errorText, url, true)
      throw new Error(`${errorText} loading '${url}'`)
    }
    await loaded
  }

  getZoomFactor(): number {
    return this.#zoom
  }
  /** What a page notices of it: fewer and larger pixels. */
  setZoomFactor(factor: number): void {
    if (factor <= 0) throw new Error("'zoomFactor' must be a double greater than 0.0")
    if (factor === this.#zoom) return
    this.#zoom = factor
    const { width, height } = this.#size
    const metrics = { width: Math.round(width / factor), height: Math.round(height / factor) }
    void this.#send((session) =>
      session.send('Emulation.setDeviceMetricsOverride', { ...metrics, deviceScaleFactor: factor, mobile: false }),
    )
  }

  reload(): void {
    void this.#send((session) => session.send('Page.reload'))
  }
  forcefullyCrashRenderer(): void {
    void this.#send((session) => session.send('Page.crash'))
  }
  async executeJavaScript(code: string): Promise<unknown> {
    const { session } = await this.#attached
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      // Chromium would lift the policy's ban of `eval` while this runs.
      allowUnsafeEvalBlockedByCSP: false,
    })
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as unknown
  }

  /** Closes the page. `beforeunload` is not modelled. */
  close(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#dropPorts()
    void this.#attached
      .then(({ targetId }) => this.#cdp.root.send('Target.closeTarget', { targetId }))
      .catch(() => undefined)
    this.emit('destroyed')
  }

  async #send(action: (session: CdpSession) => Promise<unknown>): Promise<void> {
    // What is said to a page that has gone, or goes because of it, has no answer.
    await this.#attached.then(({ session }) => action(session)).catch(() => undefined)
  }

  async #attach(size: { width: number; height: number }): Promise<Attached> {
    const { root } = this.#cdp
    const { targetId } = await root.send('Target.createTarget', { url: 'about:blank', ...size })
    this.#targetId = targetId
    root.on('Target.targetDestroyed', (gone) => {
      if (gone.targetId === targetId) this.close()
    })
    root.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.openerId === targetId)
        void root.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined)
    })
    const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true })
    const session = this.#cdp.session(sessionId)
    this.#listen(session)
    const preload = preloadSource({
      path: this.#preferences.preload,
      binding: this.#binding,
      receiver: this.#receiver,
      hosts: [...defaultSession.handlers.keys()].map((scheme) => new URL(toPage(`${scheme}://bundle/`)).host),
    })
    if (preload.kind === 'failed') this.emit('preload-error', {}, this.#preferences.preload ?? '', preload.error)
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Inspector.enable'),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      session.send('Runtime.addBinding', { name: this.#binding, executionContextName: worldName }),
      preload.kind === 'source'
        ? session.send('Page.addScriptToEvaluateOnNewDocument', { source: preload.source, worldName })
        : undefined,
    ])
    const { frameTree } = await session.send('Page.getFrameTree')
    this.#frame = { id: frameTree.frame.id, url: frameTree.frame.url }
    return { session, targetId }
  }

  #listen(session: CdpSession): void {
    const requests = watchRequests({
      session,
      contents: this,
      contentsId: this.id,
      mainFrame: () => this.#frame.id,
    })
    session.on('Page.frameRequestedNavigation', (navigation) => requests.requested(navigation))
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return
      this.#frame = { id: frame.id, url: frame.unreachableUrl ?? frame.url }
      if (frame.unreachableUrl === undefined) this.emit('did-navigate', {}, this.getURL(), 200, 'OK')
    })
    session.on('Page.domContentEventFired', () => this.emit('dom-ready', {}))
    session.on('Page.loadEventFired', () => {
      this.#loading?.resolve()
      this.#loading = undefined
      this.emit('did-finish-load', {})
    })
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      const details: HandlerDetails = {
        url: toProgram(url),
        frameName: windowName,
        features: windowFeatures.join(','),
        disposition: 'foreground-tab',
        referrer: { url: this.getURL(), policy: 'strict-origin-when-cross-origin' },
      }
      const { action } = this.#windowOpen?.(details) ?? { action: 'allow' }
      if (action !== 'deny') refuse(`a window that the program allowed: ${url}`)
    })
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const aux = context.auxData as { frameId?: string } | undefined
      if (context.name === worldName && aux?.frameId === this.#frame.id)
        this.#world = { context: context.id, unique: context.uniqueId }
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextUniqueId }) =>
      this.#dropPorts(executionContextUniqueId),
    )
    session.on('Runtime.executionContextsCleared', () => this.#dropPorts())
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === this.#binding && this.#world?.context === executionContextId)
        this.#receive(session, this.#world.unique, JSON.parse(payload) as Up)
    })
    session.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }) => {
      process.stderr.write(`[electron-double] uncaught in the page: ${exception?.description ?? text}\n`)
    })
    session.on('Inspector.targetCrashed', () => {
      this.#dropPorts()
      const details: RenderProcessGoneDetails = { reason: 'crashed', exitCode: 133 }
      this.emit('render-process-gone', {}, details)
    })
  }

  #dropPorts(world?: string): void {
    for (const [key, entry] of this.#ports) {
      if (world !== undefined && entry.world !== world) continue
      this.#ports.delete(key)
      entry.port.farClosed()
    }
  }

  #adopt(session: CdpSession, world: string, id: number): DoublePort {
    const tell = (message: Down) => {
      const expression = `globalThis[${JSON.stringify(this.#receiver)}](${JSON.stringify(message)})`
      session.send('Runtime.evaluate', { expression, uniqueContextId: world, silent: true }).catch(() => undefined)
    }
    const port = new DoublePort({
      post: (data) => tell({ kind: 'message', port: id, data: codec.encode(data) }),
      close: () => {
        this.#ports.delete(`${world} ${id}`)
        tell({ kind: 'close', port: id })
      },
    })
    this.#ports.set(`${world} ${id}`, { port, world })
    return port
  }

  #receive(session: CdpSession, world: string, message: Up): void {
    switch (message.kind) {
      case 'ipc': {
        const ports = message.ports.map((id) => this.#adopt(session, world, id))
        const url = this.getURL()
        const frame = { url, origin: originOf(this.#frame.url), parent: null, top: null, processId: 1, routingId: 1 }
        const event = { ports, senderFrame: frame, sender: this, processId: 1, frameId: 1, type: 'frame' }
        const args = codec.decode(message.args)
        const list: unknown[] = Array.isArray(args) ? args : []
        for (const emitter of [this.ipc, doubleIpc]) emitter.emit(message.channel, event, ...list)
        return
      }
      case 'message': {
        const ports = message.ports.map((id) => this.#adopt(session, world, id))
        this.#ports.get(`${world} ${message.port}`)?.port.receive(codec.decode(message.data), ports)
        return
      }
      case 'closed': {
        const entry = this.#ports.get(`${world} ${message.port}`)
        this.#ports.delete(`${world} ${message.port}`)
        entry?.port.farClosed()
        return
      }
      case 'preload-error': {
        const error = Object.assign(new Error(message.message), { stack: message.stack })
        this.emit('preload-error', {}, this.#preferences.preload ?? '', error)
        return
      }
      case 'refused':
        refuse(message.what)
    }
  }
}
