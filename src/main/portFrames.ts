/**
 * Checks what comes over a port before the procedure handler sees it: a frame that is none would otherwise be a rejection that
 * nobody handles. No procedure takes files or streams, so frames that announce them are refused as well.
 */
import { z } from 'zod'
import { callBytes, longestCallBytes } from '../contract/callLimits.ts'

const callFrame = z.strictObject({
  i: z.union([z.string().max(64), z.number()]),
  p: z.strictObject({
    u: z
      .string()
      .max(500)
      .regex(/^\/[A-Za-z0-9/._-]*$/),
    b: z.unknown().optional(),
    h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  }),
})
const abortFrame = z.strictObject({
  i: z.union([z.string().max(64), z.number()]),
  t: z.literal(4),
  p: z.unknown().optional(),
})
const frame = z.union([callFrame, abortFrame])
const refusedHeaders = new Set(['content-type', 'content-disposition'])

/** True for a call or an abort as the client sends it. */
export function isFrame(message: unknown): message is string {
  if (typeof message !== 'string' || message.length > longestCallBytes) return false
  let value: unknown
  try {
    value = JSON.parse(message)
  } catch {
    return false
  }
  const parsed = frame.safeParse(value)
  if (!parsed.success) return false
  const procedure = 't' in parsed.data ? '' : parsed.data.p.u.slice(1)
  if (message.length > callBytes(procedure)) return false
  if ('t' in parsed.data) return true
  return !Object.keys(parsed.data.p.h ?? {}).some((name) => refusedHeaders.has(name.toLowerCase()))
}
