/** Takes the port that a page hands over, once per load, after checking who sent it. */
import type { IpcMainEvent, MessagePortMain, WebContents } from 'electron'
import { RPCHandler } from '@orpc/server/message-port'
import type { Router } from '../host/router.ts'
import { isOwnFrame, type Page } from './page.ts'
import { isFrame } from './portFrames.ts'

const channel = 'ews-setup:port'

let windows = 0

/** Listens to this window's pages only. A new load brings a new port; the old one is closed, which stops what ran over it. */
export function openChannel(options: {
  contents: Pick<WebContents, 'ipc'>
  page: Page
  router: Router
  report: (problem: string) => void
}): void {
  const { contents, page, router, report } = options
  const handler = new RPCHandler(router)
  let current: MessagePortMain | undefined

  contents.ipc.on(channel, (event: IpcMainEvent) => {
    const [port, ...more] = event.ports
    if (port === undefined) return
    if (!isOwnFrame(page, event.senderFrame) || more.length > 0) {
      for (const refused of event.ports) refused.close()
      report('a port from a page that is not ours was refused')
      return
    }
    current?.close()
    current = port
    port.on('close', () => {
      if (current === port) current = undefined
    })
    windows += 1
    handler.upgrade(checkedPort(port, report), { context: { window: `desktop-${windows}` } })
    // Last: messages wait until then.
    port.start()
  })
}

type CheckedPort = {
  on(event: string, listener: (event?: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

function checkedPort(port: MessagePortMain, report: (problem: string) => void): CheckedPort {
  return {
    on(event, listener) {
      if (event === 'close') port.on('close', () => listener())
      else if (event === 'message') {
        port.on('message', ({ data }: { data: unknown }) => {
          if (isFrame(data)) listener({ data })
          else report('a message that is no call was refused')
        })
      }
    },
    postMessage: (message) => port.postMessage(message),
  }
}
