/**
 * Which path another program may hand over: that of a file on this computer, as text, before the disk is asked. What it really is the
 * reader finds out ({@link file://./openedFile.ts}).
 */
import { posix, win32 } from 'node:path'
import type { FileRefusal } from '../../contract/arrivals.ts'
import { limits } from '../../core/limits.ts'

/** Where an argument comes from: a relative path counts from the directory of whoever gave it. */
export type Origin = { directory: string; system: NodeJS.Platform }

export type FilePath = { kind: 'path'; path: string } | { kind: 'refused'; reason: FileRefusal }

/** The endings of files that this program reads; anything else was not meant for it. */
export const endings = ['json', 'age', 'xml', 'csv', 'txt', 'log', 'http', 'pem', 'crt', 'cer'] as const

/** Two letters at least: one is a drive. */
const address = /^[a-z][a-z0-9+.-]+:/i
/** Names that Windows gives to devices, with any ending and in any folder. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?$/i

/** An absolute path without `..`, or why there is none. `text` is what a stranger wrote. */
export function filePath(text: string, { directory, system }: Origin): FilePath {
  // A path with control characters is no path that a person chose.
  if (text.length > limits.filePathCharacters || /\p{Cc}/u.test(text)) return refused('missing')
  if (address.test(text)) return refused('address')
  const path = system === 'win32' ? windowsPath(text, directory) : posixPath(text, directory)
  if (path.kind === 'refused') return path
  const ending = (system === 'win32' ? win32 : posix).extname(path.path).slice(1).toLowerCase()
  return endings.some((known) => known === ending) ? path : refused('ending')
}

function posixPath(text: string, directory: string): FilePath {
  if (!posix.isAbsolute(directory)) return refused('missing')
  return { kind: 'path', path: posix.resolve(directory, text) }
}

function windowsPath(text: string, directory: string): FilePath {
  const path = win32.resolve(directory, text)
  // Both kinds of `\\`: a server, which would be sent this person's login, and the names that reach devices.
  if (/^[\\/]{2}/.test(path) || /^[\\/]{2}/.test(text)) return refused('network-path')
  if (!/^[a-z]:\\/i.test(path)) return refused('missing')
  const parts = path.slice(3).split('\\')
  // A colon names a stream inside a file; a dot or a blank at the end is dropped by Windows, so that another file is meant.
  if (parts.some((part) => device.test(part))) return refused('network-path')
  if (parts.some((part) => /[:"<>|?*]/.test(part) || /[. ]$/.test(part))) return refused('not-a-file')
  return { kind: 'path', path }
}

function refused(reason: FileRefusal): FilePath {
  return { kind: 'refused', reason }
}

/** The base name as it is shown: no control or direction marks, and not endless. */
export function shownName(text: string): string {
  const base = text.split(/[\\/]/).findLast((part) => part !== '') ?? ''
  const plain = base.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
  const most = limits.fileNameCharacters
  return plain.length <= most ? plain : `${plain.slice(0, most - 21)}…${plain.slice(-20)}`
}
