/** Calls over a channel that the page opens by itself, beside the dialog's own client: frames as the test writes them. */
import type { Page } from 'playwright-core'

/** How an answer came out: its output, or a refusal with a code. */
export type Answer = { status: number; json: unknown }

declare global {
  interface Window {
    /** The page's end of the channel that the test opened last. */
    testPort?: MessagePort
    openTestPort?: () => MessagePort
    /** `postMessage` itself, which the dialog does not have any more. */
    postAsIs?: (message: unknown, target: string, transfer?: Transferable[]) => void
  }
}

/**
 * Opens another channel; the program closes the one before. The dialog would open its own with its next call, and so close the test's:
 * until the next load it cannot.
 */
export function openChannel(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.openTestPort ??= (() => {
      const post = window.postMessage.bind(window)
      window.postAsIs = post
      window.postMessage = (message: unknown, ...rest: unknown[]) => {
        if (message !== 'ews-setup:port') Reflect.apply(post, window, [message, ...rest])
      }
      return () => {
        const { port1, port2 } = new MessageChannel()
        port1.start()
        post('ews-setup:port', '*', [port2])
        return port1
      }
    })()
    window.testPort = window.openTestPort()
  })
}

/** Calls a procedure, such as `app/start`, over the channel opened last. null: no answer within the time. */
export function call(page: Page, procedure: string, input: unknown, withinMs = 5_000): Promise<Answer | null> {
  return page.evaluate(
    ([path, json, ms]) =>
      new Promise<{ status: number; json: unknown } | null>((resolve) => {
        const port = window.testPort
        const id = crypto.randomUUID()
        const done = (answer: { status: number; json: unknown } | null) => {
          clearTimeout(timer)
          port?.removeEventListener('message', hear)
          resolve(answer)
        }
        const hear = ({ data }: MessageEvent) => {
          const frame = JSON.parse(String(data)) as { i: string; p: { s?: number; b?: { json?: unknown } } }
          if (frame.i === id) done({ status: frame.p.s ?? 200, json: frame.p.b?.json ?? null })
        }
        const timer = setTimeout(() => done(null), ms)
        port?.addEventListener('message', hear)
        port?.postMessage(JSON.stringify({ i: id, p: { u: `/${path}`, b: { json } } }))
      }),
    [procedure, input, withinMs] as const,
  )
}

/** Sends anything as it is. */
export function send(page: Page, messages: readonly unknown[]): Promise<void> {
  return page.evaluate((list) => {
    for (const message of list) window.testPort?.postMessage(message)
  }, messages)
}

/** Milliseconds of each of so many calls, one after the other. */
export function timeCalls(page: Page, count: number): Promise<number[]> {
  return page.evaluate(async (calls) => {
    const port = window.testPort
    const times: number[] = []
    for (let number = 0; number < calls; number += 1) {
      const started = performance.now()
      const heard = new Promise<void>((resolve) => port?.addEventListener('message', () => resolve(), { once: true }))
      port?.postMessage(JSON.stringify({ i: `timed-${number}`, p: { u: '/app/start', b: { json: {} } } }))
      await heard
      times.push(performance.now() - started)
    }
    return times
  }, count)
}
