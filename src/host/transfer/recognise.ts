/** What a file to import is: a configuration, sealed or not, a saved Autodiscover answer, or a list of mailboxes. Nothing is changed. */
import { z } from 'zod'
import { Secret } from '../../core/auth/secret.ts'
import { readPoxFile } from '../../core/autodiscover/pox.ts'
import { limits } from '../../core/limits.ts'
import { parseXml, childText, child } from '../../core/network/xml.ts'
import { secretKinds, type SecretKind } from '../../core/settings/settings.ts'
import { isSealed, unsealJson, type Key } from '../sealedJson.ts'
import { isPlain } from '../unknownKeys.ts'
import { configurationJsonSchema, readConfiguration } from './configuration.ts'
import { readMailboxCsv } from './mailboxCsv.ts'

export type RefusalId =
  | 'too-large'
  | 'key-needed'
  | 'wrong-key'
  | 'sealed-damaged'
  | 'json-damaged'
  | 'other-json'
  | 'no-profiles'
  | 'invalid-field'
  | 'bad-profile-name'
  | 'xml-damaged'
  | 'xml-without-url'
  | 'xml-other'
  | 'unknown-format'
  | Extract<ReturnType<typeof readMailboxCsv>, { kind: 'refused' }>['id']

export type Refusal = { kind: 'refused'; id: RefusalId; facts: Record<string, string | number> }

export type ImportSource = 'configuration' | 'sealed' | 'autodiscover' | 'csv'

/** What a file says, before it is compared with what is stored. */
export type ImportFile = {
  kind: 'file'
  source: ImportSource
  /** Version of the configuration file; null for other files. */
  schema: number | null
  newer: boolean
  /** By profile. For an Autodiscover answer the name is null: it goes into the profile that the person chose. */
  profiles: {
    name: string | null
    raw: Readonly<Record<string, unknown>>
    secrets: Partial<Record<SecretKind, Secret>>
  }[]
  /** Paths and columns that this version does not know. They are kept where they are part of a configuration. */
  unknown: string[]
}

export function refusal(id: RefusalId, facts: Refusal['facts'] = {}): Refusal {
  return { kind: 'refused', id, facts }
}

export async function recogniseImport(bytes: Uint8Array, key: Key | null): Promise<ImportFile | Refusal> {
  if (bytes.length > limits.configurationBytes)
    return refusal('too-large', { limit: limits.configurationBytes / 2 ** 20 })
  if (isSealed(bytes)) {
    if (key === null) return refusal('key-needed')
    const unsealed = await unsealJson(bytes, key)
    if (unsealed.kind === 'opened') return fromJson(unsealed.value, 'sealed')
    return refusal(unsealed.kind === 'wrong-key' ? 'wrong-key' : 'sealed-damaged')
  }
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  const start = text.trimStart()
  if (start.startsWith('{') || start.startsWith('[')) {
    try {
      return fromJson(JSON.parse(text) as unknown, 'configuration')
    } catch {
      return refusal('json-damaged')
    }
  }
  if (start.startsWith('<')) return fromAutodiscover(text)
  return start.trim() === '' ? refusal('unknown-format') : fromCsv(bytes)
}

const rawSecretsSchema = z.record(
  z.string(),
  z
    .string()
    .max(limits.fieldCharacters)
    .transform((value) => new Secret(value)),
)

function fromJson(value: unknown, source: 'configuration' | 'sealed'): ImportFile | Refusal {
  const read = readConfiguration(value)
  if (read.kind === 'not-configuration') return refusal('other-json')
  if (read.kind === 'no-profiles') return refusal('no-profiles')
  const unknown = new Set<string>()
  const profiles: ImportFile['profiles'] = []
  for (const [name, { secrets: rawSecrets, ...raw }] of Object.entries(read.profiles)) {
    const parsed = rawSecretsSchema.safeParse(rawSecrets ?? {})
    // The value is left out of the message on purpose.
    if (!parsed.success) return refusal('invalid-field', { profile: name, field: 'secrets' })
    const secrets: Partial<Record<SecretKind, Secret>> = {}
    for (const [kind, secret] of Object.entries(parsed.data)) {
      const known = secretKinds.find((one) => one === kind)
      if (known === undefined) unknown.add(`secrets.${kind}`)
      else if (secret.length > 0) secrets[known] = secret
    }
    for (const path of unknownPaths(raw)) unknown.add(path)
    profiles.push({ name, raw, secrets })
  }
  return { kind: 'file', source, schema: read.schema, newer: read.newer, profiles, unknown: [...unknown] }
}

let knownShape: unknown

/** Keys of a profile that the published schema does not name. */
function unknownPaths(raw: Readonly<Record<string, unknown>>): string[] {
  knownShape ??= profileShape(configurationJsonSchema())
  const found: string[] = []
  const walk = (shape: unknown, value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      const items: unknown = isPlain(shape) ? shape['items'] : undefined
      for (const item of value) walk(items, item, path)
      return
    }
    const properties = isPlain(shape) ? shape['properties'] : undefined
    if (!isPlain(value) || !isPlain(properties)) return
    for (const [key, inner] of Object.entries(value)) {
      const at = path === '' ? key : `${path}.${key}`
      if (Object.hasOwn(properties, key)) walk(properties[key], inner, at)
      else if (at !== 'settings.ewsUrlOrigin') found.push(at)
    }
  }
  walk(knownShape, raw, '')
  return found
}

function profileShape(schema: Readonly<Record<string, unknown>>): unknown {
  const properties = schema['properties']
  const profiles = isPlain(properties) ? properties['profiles'] : undefined
  return isPlain(profiles) ? profiles['additionalProperties'] : undefined
}

/** An answer that Outlook or Exchange gave, saved as a file: it names a URL and perhaps the mailbox, nothing else. */
function fromAutodiscover(text: string): ImportFile | Refusal {
  const answer = readPoxFile(text)
  switch (answer.kind) {
    case 'url': {
      const xml = parseXml(text)
      const response = xml.kind === 'document' ? child(xml.root, 'Response') : undefined
      const address = childText(response === undefined ? undefined : child(response, 'User'), 'AutoDiscoverSMTPAddress')
      const settings = {
        ewsUrl: answer.ewsUrl,
        ewsUrlSource: 'pox',
        ...(address === null ? {} : { email: address.slice(0, limits.fieldCharacters) }),
      }
      return {
        kind: 'file',
        source: 'autodiscover',
        schema: null,
        newer: false,
        profiles: [{ name: null, raw: { settings }, secrets: {} }],
        unknown: [],
      }
    }
    case 'unreadable':
    case 'unsafe':
      return refusal('xml-damaged')
    case 'not-autodiscover':
      return refusal('xml-other')
    default:
      return refusal('xml-without-url')
  }
}

function fromCsv(bytes: Uint8Array): ImportFile | Refusal {
  const read = readMailboxCsv(bytes)
  if (read.kind === 'refused') return read.id === 'csv-nul' ? refusal('unknown-format') : read
  const names = new Set<string>()
  const profiles: ImportFile['profiles'] = []
  for (const { line, name, settings } of read.rows) {
    const wanted = name === '' ? (settings.email ?? '') : name
    if (wanted === '') return refusal('csv-bad-value', { line, column: 'email' })
    // Two mailboxes of one customer are two profiles.
    const unique = names.has(wanted) ? `${wanted} (${settings.email ?? line})` : wanted
    if (names.has(unique)) return refusal('csv-bad-value', { line, column: 'email' })
    names.add(unique)
    profiles.push({ name: unique, raw: { settings }, secrets: {} })
  }
  return { kind: 'file', source: 'csv', schema: null, newer: false, profiles, unknown: read.ignored }
}
