/**
 * A line of the log: what happened, without what nobody who is sent the log should read. Errors of ours hold no secret; this is for those
 * of libraries and the system, which quote what they were given.
 *
 * Taken out: user names and passwords within addresses, login headers, tokens, `name=value` of fields that carry secrets, keys of age, the
 * local part of mail addresses (the domain stays: it says which customer it was, not which person), and the person's home directory.
 */
import { homedir } from 'node:os'
import { withoutSecrets } from '../core/files/redaction.ts'

/** An error of a library with its stack is shorter. */
const longest = 8_000

const userInfo = /([a-z][a-z0-9+.-]{0,20}:\/\/)[^/?#\s@]{1,2000}@/gi
const authorization = /\b((?:proxy-)?authorization|cookie|set-cookie)(["']?\s{0,4}[:=]\s{0,4})[^\r\n]{1,4000}/gi
const ageKey = /AGE-SECRET-KEY-1[0-9A-Z]{1,200}/gi
const field =
  /\b([\w-]{0,40}(?:passphrase|password|secret|token|api[_-]?key))(["']?\s{0,4}[=:]\s{0,4})("[^"]{0,2000}"?|'[^']{0,2000}'?|[^\s&"'<>;,]{1,2000})/gi
const mailbox = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=[\p{L}\p{N}-]{1,63}\.)/gu

/** The text without what looks like a secret or a person, at most 8,000 characters, with its control characters made visible. */
export function scrubbed(text: string, home: string = homedir()): string {
  const plain = withoutSecrets(
    text.slice(0, longest).replace(userInfo, '$1…@').replace(authorization, '$1$2…').replace(ageKey, '…'),
    longest,
  )
    .replace(field, '$1$2…')
    .replace(mailbox, '…@')
  // A person's name is part of it on every system. Addresses of files have slashes on Windows, too.
  return home.length > 1 ? plain.replaceAll(home, '~').replaceAll(home.replaceAll('\\', '/'), '~') : plain
}

/** `2026-11-24T08:00:00.000Z text`; further lines of the text are indented, so that none of them can look like an entry of its own. */
export function logLine(text: string, now: Date, home?: string): string {
  const lines = scrubbed(text, home)
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\t' ? ' ' : '\ufffd')))
  return `${now.toISOString()} ${lines.join('\n  ')}\n`
}
