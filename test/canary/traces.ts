/** The shapes in which a secret could be somewhere it must not be, and a search for them. */
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { md4 } from '../../src/core/auth/md4.ts'

/** A secret that nothing else can contain, with signs that every encoding writes differently. */
export function canary(name: string): string {
  return `${name}-${randomBytes(9).toString('hex')}~ä&+/"<`
}

type Trace = { form: string; text: string }

/** Every form of a secret that a program might write, whole or as the middle of something larger. */
export function tracesOf(name: string, secret: string): Trace[] {
  const utf8 = Buffer.from(secret, 'utf8')
  const utf16 = Buffer.from(secret, 'utf16le')
  const ntHash = Buffer.from(md4(utf16))
  const forms: [string, string][] = [
    ['as it is', secret],
    // The part that no encoding changes: catches whatever this list forgets.
    ['its core', /-([0-9a-f]{18})~/.exec(secret)?.[1] ?? secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['form-encoded', new URLSearchParams({ x: secret }).toString().slice(2)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['hex', utf8.toString('hex')],
    ['hex of UTF-16', utf16.toString('hex')],
    ['UTF-16', utf16.toString('latin1')],
    ['NT hash', ntHash.toString('hex')],
    ['NT hash in base64', ntHash.toString('base64').slice(0, 21)],
    ...[...middles(utf8), ...middles(utf8).map(urlSafe)].map((text, shift): [string, string] => [
      `base64 at offset ${shift % 3}`,
      text,
    ]),
    ...[...middles(utf16), ...middles(utf16).map(urlSafe)].map((text, shift): [string, string] => [
      `base64 of UTF-16 at offset ${shift % 3}`,
      text,
    ]),
  ]
  return forms.map(([form, text]) => ({ form: `${name} ${form}`, text }))
}

/** How base64 writes bytes in the middle of others, as in a Basic header: only what the neighbours cannot change. */
function middles(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return text.slice(shift === 0 ? 0 : 4, -2)
  })
}

/** The alphabet of base64url. */
function urlSafe(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_')
}

/** Tokens have no name, but a shape. Challenges and answers of NTLM are as good as a password to somebody with time. */
const shapes: readonly { form: string; pattern: RegExp }[] = [
  { form: 'a token (JWT)', pattern: /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/ },
  { form: 'an NTLM message', pattern: /TlRMTVNTUA/ },
  { form: 'an Authorization header', pattern: /\b(?:Bearer|Basic|NTLM|Negotiate) [A-Za-z0-9+/_=-]{16,}/ },
]

/** Which traces are in a text; empty is good. Never the secret itself, so that a failing test does not print it. */
export function found(where: string, text: string, traces: readonly Trace[]): string[] {
  const folded = text.toLowerCase()
  return [
    ...traces
      .filter((trace) => text.includes(trace.text) || folded.includes(trace.text.toLowerCase()))
      .map((trace) => `${where}: ${trace.form}`),
    ...shapes.filter(({ pattern }) => pattern.test(text)).map(({ form }) => `${where}: ${form}`),
  ]
}

/** The same for every file below a directory, and its name. Two readings: text, and bytes as they are. */
export function foundBelow(directory: string, traces: readonly Trace[]): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name)
      const bytes = readFileSync(file)
      return [
        ...found(file, `${file}\n${bytes.toString('utf8')}`, traces),
        ...found(file, bytes.toString('latin1'), traces),
      ]
    })
}
