/** Reads a JSON body within a limit, before anything else gets to see the request. */
import type { IncomingMessage } from 'node:http'

export type ReadBody = { kind: 'read'; value: unknown } | { kind: 'refused'; status: 400 | 413 }

/** `bytes` counts the body as sent. An empty body reads as null. */
export async function readJson(request: IncomingMessage, bytes: number): Promise<ReadBody> {
  if (Number(request.headers['content-length'] ?? 0) > bytes) return { kind: 'refused', status: 413 }
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) return { kind: 'refused', status: 400 }
      size += chunk.length
      if (size > bytes) return { kind: 'refused', status: 413 }
      chunks.push(chunk)
    }
    const text = Buffer.concat(chunks).toString('utf8')
    return { kind: 'read', value: text === '' ? null : JSON.parse(text) }
  } catch {
    return { kind: 'refused', status: 400 }
  }
}
