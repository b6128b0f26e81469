/**
 * The file that carries profiles from one machine to another: JSON, its schema derived from the one of the settings and published as
 * `docs/schema/configuration-2.json`. Secrets are in it only when it is sealed. Version 1 was the settings file itself.
 */
import { z } from 'zod'
import { secretKinds } from '../../core/settings/settings.ts'
import { machineKeys, profileSchema, type Profile, type SettingsContent } from '../settingsSchema.ts'
import { isPlain } from '../unknownKeys.ts'

export const configurationFormat = 'ews-setup-configuration'
export const configurationVersion = 2
/** A name and no address: nothing has to be fetched to read a file. */
export const configurationSchemaId = `urn:ews-setup:configuration:${configurationVersion}`

type MachineMask = { [K in (typeof machineKeys)[number]]: true }
const machineMask: MachineMask = { secrets: true, usedAt: true }

/** A profile as a file carries it. Where its URL came from is for the importing machine to say. */
export const portableProfileSchema = profileSchema.omit(machineMask).extend({
  settings: profileSchema.shape.settings.omit({ ewsUrlOrigin: true }),
  secrets: z
    .partialRecord(z.enum(secretKinds), z.string())
    .optional()
    .describe('Only in a file that is sealed with age.'),
})

export const configurationSchema = z.looseObject({
  $schema: z.string().optional(),
  format: z.literal(configurationFormat),
  schema: z.literal(configurationVersion),
  product: z.looseObject({ name: z.string(), version: z.string() }).optional(),
  profiles: z.record(z.string().min(1), portableProfileSchema),
})

/** What is published: the shape of a file as it may be written by hand, where everything with a default may be left out. */
export function configurationJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(configurationSchema, { io: 'input', target: 'draft-2020-12' })
  return { $schema, $id: configurationSchemaId, title: 'Configuration of EWS Setup', ...schema }
}

/** A file's profiles before they are checked: plain data without secrets. */
export type RawProfiles = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** The profiles of these names as a file carries them. `unsafe` parts of a value (a password within a proxy's URL) are cut out. */
export function portableProfiles(content: SettingsContent, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const profile = Object.hasOwn(content.profiles, name) ? content.profiles[name] : undefined
      return profile === undefined ? [] : [[name, portable(profile)]]
    }),
  )
}

function portable(profile: Profile): Record<string, unknown> {
  const kept = Object.entries(profile).filter(([key]) => !machineKeys.some((machine) => machine === key))
  const { ewsUrlOrigin: _origin, ...settings } = profile.settings
  const network = { ...settings.network, proxy: withoutCredentials(settings.network.proxy) }
  return { ...Object.fromEntries(kept), settings: { ...settings, network } }
}

/** A user name and password within a URL stay behind. */
export function withoutCredentials(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i, '$1')
}

export function configurationOf(profiles: Readonly<Record<string, unknown>>, version: string): Record<string, unknown> {
  return {
    $schema: configurationSchemaId,
    format: configurationFormat,
    schema: configurationVersion,
    product: { name: 'ews-setup', version },
    profiles,
  }
}

/** JSON with keys in alphabetical order, `$schema`, `format`, `schema` and `product` first: two exports differ where the settings do. */
export function stableJson(configuration: Readonly<Record<string, unknown>>): string {
  const { $schema, format, schema, product, ...rest } = configuration
  return `${JSON.stringify({ $schema, format, schema, product, ...sortedObject(rest) }, null, 2)}\n`
}

export function sortedObject(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  return isPlain(value) ? sortedObject(value) : value
}

export type ReadConfiguration =
  | { kind: 'configuration'; profiles: RawProfiles; schema: number; newer: boolean }
  | { kind: 'not-configuration' }
  | { kind: 'no-profiles' }

/** Any version of the file as the current one; what a newer one added is left in place. */
export function readConfiguration(value: unknown): ReadConfiguration {
  if (!isPlain(value) || typeof value['schema'] !== 'number' || !isPlain(value['profiles']))
    return { kind: 'not-configuration' }
  const schema = value['schema']
  const isSettingsFile = value['format'] === undefined && schema === 1 && typeof value['profile'] === 'string'
  if (!isSettingsFile && value['format'] !== configurationFormat) return { kind: 'not-configuration' }
  const entries = Object.entries(value['profiles'])
  if (entries.length === 0) return { kind: 'no-profiles' }
  const read: [string, Readonly<Record<string, unknown>>][] = []
  for (const [name, profile] of entries) {
    if (!isPlain(profile)) return { kind: 'not-configuration' }
    read.push([name, schema < configurationVersion ? fromSettingsFile(profile) : profile])
  }
  // Not by assignment: a file may call a profile like a property of every object.
  const profiles = Object.fromEntries(read)
  return { kind: 'configuration', profiles, schema, newer: schema > configurationVersion }
}

/** Version 1: what the settings file says of the keychain and of its machine does not count elsewhere. */
function fromSettingsFile(profile: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(profile).filter(([key]) => !machineKeys.some((machine) => machine === key)))
}
