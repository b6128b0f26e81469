/**
 * The settings on disk: one file, read anew at every use because another process may have written it, written atomically with mode
 * 0600. A file that cannot be understood is set aside or left alone, never overwritten.
 */
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Notice } from '../contract/contract.ts'
import { assertNever } from '../core/assertNever.ts'
import { errorCode } from '../core/errorCode.ts'
import { defaultContent, settingsContentSchema, settingsFileVersion, type SettingsContent } from './settingsSchema.ts'
import { parseKeeping, withUnknownKeys } from './unknownKeys.ts'
import { openConf, type OpenStore, type SettingsStore } from './settingsStore.ts'

const fileName = 'config'
const longestFileBytes = 16 * 1024 * 1024
/** A temporary file of a killed process is removed when it is older than this. */
const leftoverAgeMs = 60_000

/** `code` is the platform's (EACCES, ENOSPC …), or `newer` for a file of a later schema. */
export type SaveResult = { kind: 'saved'; content: SettingsContent } | { kind: 'not-saved'; code: string }

export type SettingsFile = {
  readonly path: string
  /** What is stored now; defaults when there is no file, or none that can be used. */
  read(): SettingsContent
  /** Reads, changes and writes in one go. `change` must not touch its argument. */
  update(change: (content: SettingsContent) => SettingsContent): SaveResult
  /** Why {@link update} would fail now, or null. */
  obstacle(): string | null
  /** What the person has to know, oldest first. */
  notices(): readonly Notice[]
}

type State =
  | { kind: 'usable'; content: SettingsContent }
  | { kind: 'absent' }
  | { kind: 'damaged' }
  | { kind: 'newer'; schema: number }
  | { kind: 'unreadable'; code: string }

export function openSettingsFile(options: {
  directory: string
  openStore?: OpenStore
  clock?: () => Date
}): SettingsFile {
  const { directory, openStore = openConf, clock = () => new Date() } = options
  const path = join(directory, `${fileName}.json`)
  const notices: Notice[] = []
  let store: SettingsStore | undefined

  function tell(notice: Notice): void {
    if (!notices.some((known) => known.id === notice.id)) notices.push(notice)
  }

  /** Null once the file is out of the way, else a code. */
  function setAside(): string | null {
    const stamp = clock().toISOString().replace(/[:.]/g, '-')
    for (let number = 1; ; number += 1) {
      const aside = join(directory, `${fileName}.damaged-${stamp}${number === 1 ? '' : `-${number}`}.json`)
      if (existsSync(aside)) continue
      try {
        renameSync(path, aside)
      } catch (error) {
        return errorCode(error) ?? 'UNKNOWN'
      }
      notices.push({ id: 'settings-damaged', facts: { file: basename(aside) } })
      return null
    }
  }

  /** Content to go on with, and why it may not be written. */
  function load(): { content: SettingsContent; obstacle: string | null } {
    const state = readState(path)
    switch (state.kind) {
      case 'usable':
        return { content: state.content, obstacle: null }
      case 'absent':
        return { content: defaultContent(), obstacle: null }
      case 'damaged': {
        const obstacle = setAside()
        if (obstacle !== null) tell({ id: 'settings-not-writable', facts: { file: path, code: obstacle } })
        return { content: defaultContent(), obstacle }
      }
      case 'newer':
        tell({ id: 'settings-newer', facts: { file: path, schema: state.schema } })
        return { content: defaultContent(), obstacle: 'newer' }
      case 'unreadable':
        tell({ id: 'settings-not-writable', facts: { file: path, code: state.code } })
        return { content: defaultContent(), obstacle: state.code }
      default:
        return assertNever(state)
    }
  }

  function obstacle(): string | null {
    return load().obstacle ?? writeObstacle(directory)
  }

  function write(content: SettingsContent): void {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    store ??= openStore({ directory, name: fileName, fileMode: 0o600, parse: parseObject })
    store.store = content
  }

  const blocked = obstacle()
  if (blocked !== null && notices.length === 0)
    tell({ id: 'settings-not-writable', facts: { file: path, code: blocked } })
  removeLeftovers(directory, clock().getTime())

  return {
    path,
    read: () => load().content,
    update(change) {
      const loaded = load()
      if (loaded.obstacle !== null) return { kind: 'not-saved', code: loaded.obstacle }
      const content = parseKeeping(settingsContentSchema, change(loaded.content))
      const before = keepBefore(path)
      try {
        write(content)
        if (readState(path).kind === 'usable') return { kind: 'saved', content }
        // The engine takes a short write for a whole one when the disk is full in its middle.
        if (before === null) unlinkSync(path)
        else renameSync(before, path)
        return { kind: 'not-saved', code: 'ENOSPC' }
      } catch (error) {
        return { kind: 'not-saved', code: errorCode(error) ?? 'UNKNOWN' }
      } finally {
        if (before !== null) rmSync(before, { force: true })
      }
    },
    obstacle,
    notices: () => notices,
  }
}

/** A second name of the file as it is, which costs no space; null when there is none, or when names cannot be had here. */
function keepBefore(path: string): string | null {
  const name = `${path}.tmp-before-${process.pid}`
  try {
    rmSync(name, { force: true })
    linkSync(path, name)
    return name
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
  }
  try {
    copyFileSync(path, name)
    return name
  } catch {
    return null
  }
}

function readState(path: string): State {
  let text: string
  try {
    if (statSync(path).size > longestFileBytes) return { kind: 'damaged' }
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const code = errorCode(error) ?? 'UNKNOWN'
    return code === 'ENOENT' ? { kind: 'absent' } : { kind: 'unreadable', code }
  }
  let value: Record<string, unknown>
  try {
    value = parseObject(text)
  } catch {
    return { kind: 'damaged' }
  }
  const schema = value['schema']
  if (typeof schema === 'number' && schema > settingsFileVersion) return { kind: 'newer', schema }
  const checked = settingsContentSchema.safeParse(value)
  return checked.success ? { kind: 'usable', content: withUnknownKeys(checked.data, value) } : { kind: 'damaged' }
}

/** JSON of an object; a byte order mark, as some editors write it, is no damage. Throws SyntaxError. */
function parseObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object')
  return Object.fromEntries(Object.entries(value))
}

/** Whether the directory, or the nearest one above it that exists, can be written to. */
function writeObstacle(directory: string): string | null {
  let place = directory
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  try {
    if (!statSync(place).isDirectory()) return 'ENOTDIR'
    accessSync(place, constants.W_OK)
    return null
  } catch (error) {
    return errorCode(error) ?? 'UNKNOWN'
  }
}

function removeLeftovers(directory: string, now: number): void {
  try {
    for (const name of readdirSync(directory)) {
      if (!name.startsWith(`${fileName}.json.tmp-`)) continue
      const file = join(directory, name)
      if (now - statSync(file).mtimeMs > leftoverAgeMs) unlinkSync(file)
    }
  } catch {
    // Tidying is a courtesy: a directory that is not there, or a file that another process removed first, is fine.
  }
}
