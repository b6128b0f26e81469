/** Whether a window is open: each browser keeps one event stream here, and the server ends some time after the last one is gone. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { rendererHeaders } from '../host/rendererFiles.ts'

/** A comment line now and then, so that a connection that silently died is noticed. */
const beatMs = 20_000

export type Presence = {
  join(request: IncomingMessage, response: ServerResponse): void
  end(): void
}

export function openPresence(options: { graceMs: number; onLastGone: () => void }): Presence {
  const streams = new Set<ServerResponse>()
  let grace: NodeJS.Timeout | undefined
  let beat: NodeJS.Timeout | undefined
  let over = false

  return {
    join(_request, response) {
      clearTimeout(grace)
      streams.add(response)
      beat ??= setInterval(() => {
        for (const stream of streams) stream.write(':\n\n')
      }, beatMs).unref()
      response.on('error', () => response.destroy())
      response.once('close', () => {
        streams.delete(response)
        if (streams.size === 0 && !over) grace = setTimeout(options.onLastGone, options.graceMs)
      })
      response.writeHead(200, rendererHeaders('text/event-stream'))
      response.write('retry: 1000\n\n')
    },
    end() {
      over = true
      clearTimeout(grace)
      clearInterval(beat)
      for (const stream of streams) stream.end()
    },
  }
}
