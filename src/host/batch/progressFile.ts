/**
 * What a check of many has done so far, so that an interrupted one can go on: a line for each row, written as it ends. It goes when
 * the check is done. No secret is in it.
 */
import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { rowStates, type BatchRow } from './runBatch.ts'

const prefix = 'batch-'
/** One that nobody went on with is removed after this time. */
const forgottenMs = 30 * 86_400_000
const longestBytes = 64 * 1024 * 1024

const rowSchema = z.object({
  id: z.string(),
  mailbox: z.string(),
  profile: z.string().nullable(),
  state: z.enum(rowStates),
  cause: z.string().nullable(),
  ewsUrl: z.string().nullable(),
  auth: z.string().nullable(),
  ms: z.number(),
})
const lineSchema = z.union([
  z.object({ row: rowSchema }),
  z.object({ refused: z.string(), cause: z.string() }),
  z.object({ schema: z.literal(1), all: z.number() }),
])

export type Progress = { rows: BatchRow[]; refused: [name: string, cause: string][] }

export type ProgressFile = {
  /** What is there from an interrupted check of the same list; null: nothing. */
  read(): Progress | null
  /** Begins anew. */
  begin(all: number): void
  add(line: { row: BatchRow } | { refused: string; cause: string }): void
  remove(): void
}

/** `ids`: the jobs of the list. Another list has another file. Where nothing can be written, nothing is kept. */
export function openProgress(directory: string, ids: readonly string[], clock = () => new Date()): ProgressFile {
  const key = createHash('sha256').update(ids.join('\n')).digest('hex').slice(0, 16)
  const file = join(directory, `${prefix}${key}.jsonl`)
  let writable = true
  const attempt = (work: () => void): void => {
    if (!writable) return
    try {
      work()
    } catch {
      // The check itself needs no disk; only its continuation does.
      writable = false
    }
  }
  return {
    read() {
      try {
        if (statSync(file).size > longestBytes) return null
        return progressOf(readFileSync(file, 'utf8'), new Set(ids))
      } catch {
        return null
      }
    },
    begin(all) {
      attempt(() => {
        mkdirSync(directory, { recursive: true, mode: 0o700 })
        removeForgotten(directory, clock().getTime())
        rmSync(file, { force: true })
        writeFileSync(file, `${JSON.stringify({ schema: 1, all })}\n`, { mode: 0o600, flag: 'wx' })
      })
    },
    add: (line) => attempt(() => appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 })),
    remove: () => rmSync(file, { force: true }),
  }
}

/** Rows that were stopped are due again. The last line may be half of one. */
function progressOf(text: string, known: ReadonlySet<string>): Progress | null {
  const progress: Progress = { rows: [], refused: [] }
  for (const line of text.split('\n')) {
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      continue
    }
    const parsed = lineSchema.safeParse(value)
    if (!parsed.success) continue
    if ('row' in parsed.data) {
      const { row } = parsed.data
      if (row.state !== 'cancelled' && known.has(row.id)) progress.rows.push(row)
    } else if ('refused' in parsed.data) progress.refused.push([parsed.data.refused, parsed.data.cause])
  }
  return progress.rows.length === 0 && progress.refused.length === 0 ? null : progress
}

function removeForgotten(directory: string, now: number): void {
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(prefix) || !name.endsWith('.jsonl')) continue
    const file = join(directory, name)
    if (now - statSync(file).mtimeMs > forgottenMs) rmSync(file, { force: true })
  }
}
