/**
 * The ledger on disk: a snapshot, and a journal of the entries since. An entry is on the disk when its promise resolves; a line that
 * was cut off by a crash was never promised to anyone. Both files name no secret and have mode 0600.
 */
import { constants } from 'node:fs'
import { mkdir, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { apply, emptyLedger } from '../../core/automation/ledger.ts'
import { entrySchema, ledgerSchema, type Entry, type Ledger } from '../../core/automation/schema.ts'
import { errorCode } from '../../core/errorCode.ts'

const snapshotName = 'automation.json'
const journalName = 'automation.journal'
/** After this many entries the snapshot is written anew. */
const mostEntries = 5_000

export type StoredLedger = {
  ledger: Ledger
  /** Something was not readable and was left out; `file` is where it was kept, null when only lines of the journal were bad. */
  damage: { file: string | null } | null
}

export type Journal = {
  append(entries: readonly Entry[]): Promise<void>
  /** Writes a last snapshot and closes. */
  close(): Promise<void>
}

type Line = { sequence: number; entry: Entry }

/** Reads what is stored without touching it. Never rejects for what is in the files; does for files that cannot be read. */
export async function readLedger(directory: string): Promise<StoredLedger> {
  const snapshot = await readSnapshot(directory)
  const { lines, bad } = parseLines((await readOrNull(join(directory, journalName)))?.toString('utf8') ?? '')
  const ledger = snapshot ?? emptyLedger()
  for (const { sequence, entry } of lines) {
    if (sequence <= ledger.sequence) continue
    // A line that could not be read left a gap; what follows it still happened.
    ledger.sequence = sequence - 1
    apply(ledger, entry)
  }
  return { ledger, damage: snapshot === null || bad > 0 ? { file: null } : null }
}

/** Opens for writing: whoever does this owns the configuration. `prune` gives the ledger that is worth keeping. */
export async function openJournal(o: {
  directory: string
  now: () => Date
  prune: (ledger: Ledger) => Ledger
}): Promise<{ journal: Journal; stored: StoredLedger }> {
  const { directory } = o
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const stored = await readLedger(directory)
  if (stored.damage !== null) stored.damage.file = await setAside(directory, o.now())
  const { ledger } = stored
  let sequence = ledger.sequence
  let entriesSince = 0
  await writeSnapshot(directory, o.prune(ledger))
  const handle = await open(
    join(directory, journalName),
    constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC,
    0o600,
  )
  await handle.datasync()
  await syncDirectory(directory)

  let waiting: { text: string; resolve: () => void; reject: (error: unknown) => void }[] = []
  let working: Promise<void> | null = null

  /** Everything that was asked for while the disk was busy goes down at once. */
  async function work(): Promise<void> {
    // The rest of this turn of the program may have more to say.
    await Promise.resolve()
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await handle.appendFile(batch.map(({ text }) => text).join(''))
        await handle.datasync()
        if (entriesSince >= mostEntries) await compact()
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    working = null
  }

  async function compact(): Promise<void> {
    entriesSince = 0
    await writeSnapshot(directory, o.prune(ledger))
    // What was asked for meanwhile has higher numbers than the snapshot, and comes after.
    await handle.truncate(0)
    await handle.datasync()
  }

  return {
    stored,
    journal: {
      append(entries) {
        const text = entries.map((entry) => lineOf((sequence += 1), entry)).join('')
        entriesSince += entries.length
        return new Promise((resolve, reject) => {
          waiting.push({ text, resolve, reject })
          working ??= work()
        })
      },
      async close() {
        await working
        try {
          await compact()
        } finally {
          await handle.close()
        }
      },
    },
  }
}

function lineOf(sequence: number, entry: Entry): string {
  const text = `${sequence} ${JSON.stringify(entry)}`
  return `${checksum(text)} ${text}\n`
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

function parseLines(text: string): { lines: Line[]; bad: number } {
  const rows = text.split('\n')
  // Without its end a line was never promised; it is no damage.
  rows.pop()
  const lines = rows.map(parseLine)
  return { lines: lines.filter((line) => line !== null), bad: lines.filter((line) => line === null).length }
}

function parseLine(row: string): Line | null {
  const match = /^([0-9a-f]{8}) ((\d{1,15}) (\{.*\}))$/.exec(row)
  if (match === null || checksum(match[2] ?? '') !== match[1]) return null
  try {
    const entry = entrySchema.safeParse(JSON.parse(match[4] ?? ''))
    return entry.success ? { sequence: Number(match[3]), entry: entry.data } : null
  } catch {
    return null
  }
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/** Null: there is one, and it cannot be understood. */
async function readSnapshot(directory: string): Promise<Ledger | null> {
  const bytes = await readOrNull(join(directory, snapshotName))
  if (bytes === null) return emptyLedger()
  try {
    const parsed = ledgerSchema.safeParse(JSON.parse(bytes.toString('utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Written beside, brought to the disk, then put in its place: there is a whole one at every moment. */
async function writeSnapshot(directory: string, ledger: Ledger): Promise<void> {
  const path = join(directory, snapshotName)
  const beside = `${path}.new`
  const handle = await open(beside, 'w', 0o600)
  try {
    await handle.writeFile(JSON.stringify(ledger))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, path)
  await syncDirectory(directory)
}

/** A rename is only certain when its directory is on the disk; Windows has no such call and needs none. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  let handle: FileHandle | undefined
  try {
    handle = await open(directory, 'r')
    await handle.sync()
  } catch (error) {
    // Some network file systems cannot do it.
    if (!['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR'].includes(errorCode(error) ?? '')) throw error
  } finally {
    await handle?.close()
  }
}

/** Keeps what could not be read, and says under which name. */
async function setAside(directory: string, now: Date): Promise<string> {
  const aside = join(directory, `automation.damaged-${now.toISOString().replace(/[:.]/g, '-')}`)
  await mkdir(aside, { recursive: true, mode: 0o700 })
  for (const name of [snapshotName, journalName]) {
    const bytes = await readOrNull(join(directory, name))
    if (bytes === null) continue
    const handle = await open(join(aside, name), 'w', 0o600)
    await handle.writeFile(bytes)
    await handle.close()
  }
  await rm(join(directory, snapshotName), { force: true })
  return basename(aside)
}
