/** What an import would change, field by field, and what of it needs a person's word because it decides where credentials go. */
import { X509Certificate } from 'node:crypto'
import { parseMailAddress } from '../../core/settings/mailDomain.ts'
import type { Profile } from '../settingsSchema.ts'
import { splitPem } from '../systemCas.ts'
import { isPlain } from '../unknownKeys.ts'

export type Difference = {
  /** `profile` and `path` in one, for `--accept`; the entry of a list is named behind `=`. */
  id: string
  profile: string
  /** Such as `settings.network.proxy`. */
  path: string
  /** As it is shown: texts as they are, anything else as JSON; null: not there. */
  before: string | null
  after: string | null
  /** Taken over only when it is accepted by its id. */
  needsAcceptance: boolean
}

const lists = new Set(['settings.network.trustedHosts'])
/** Settings outside `network` that name who receives credentials, whoever typed them later: never unasked. */
const destinations = new Set(['settings.authority', 'settings.ldapUrl'])
/** Settings that say where saved secrets would go. */
const receivers = new Set(['settings.cloud'])
/** Settings within `network` that cannot lead anything elsewhere. */
const harmless = new Set(['settings.network.timeoutMs'])

/** Differences in the order of their paths. `before` is null for a profile that is not there yet. */
export function differencesOf(
  profile: string,
  o: { before: Profile | null; empty: Profile; after: Profile; holdsSecrets: boolean },
): Difference[] {
  const { before, empty, after } = o
  const base = leavesOf(before ?? empty)
  const wanted = leavesOf(after)
  const paths = [...new Set([...base.keys(), ...wanted.keys()])].toSorted()
  return paths.flatMap((path) => {
    const [old, now] = [base.get(path), wanted.get(path)]
    if (lists.has(path)) return listDifferences(profile, path, old, now)
    if (JSON.stringify(old) === JSON.stringify(now)) return []
    const needsAcceptance = now !== undefined && !isEmpty(now) && guards(path, o)
    return [
      { id: `${profile}:${path}`, profile, path, before: shown(path, old), after: shown(path, now), needsAcceptance },
    ]
  })
}

/** The profile as wanted, with what needs acceptance and has none as it was. */
export function withAccepted(o: {
  before: Profile | null
  empty: Profile
  after: Profile
  differences: readonly Difference[]
  accepted: ReadonlySet<string>
}): unknown {
  const refused = o.differences.filter(({ needsAcceptance, id }) => needsAcceptance && !o.accepted.has(id))
  let result: unknown = o.after
  for (const { path, after } of refused) {
    const old = valueAt(o.before ?? o.empty, path)
    if (!lists.has(path)) result = withValue(result, keysOf(path), old)
    else {
      const now = valueAt(result, path)
      result = withValue(result, keysOf(path), Array.isArray(now) ? now.filter((item) => item !== after) : old)
    }
  }
  return result
}

function listDifferences(profile: string, path: string, old: unknown, now: unknown): Difference[] {
  const [before, after] = [texts(old), texts(now)]
  const line = (item: string, isNew: boolean): Difference => ({
    id: `${profile}:${path}=${item}`,
    profile,
    path,
    before: isNew ? null : item,
    after: isNew ? item : null,
    needsAcceptance: isNew,
  })
  return [
    ...after.filter((item) => !before.includes(item)).map((item) => line(item, true)),
    ...before.filter((item) => !after.includes(item)).map((item) => line(item, false)),
  ]
}

function guards(
  path: string,
  { before, after, holdsSecrets }: { before: Profile | null; after: Profile; holdsSecrets: boolean },
): boolean {
  if (harmless.has(path)) return false
  if (path.startsWith('settings.network.') || destinations.has(path)) return true
  // Saved secrets stay with the profile: they must not follow it to another organisation unasked.
  if (before === null || !holdsSecrets) return false
  if (receivers.has(path)) return true
  return path === 'settings.email' && domainOf(before.settings.email) !== domainOf(after.settings.email)
}

function domainOf(address: string): string | null {
  return parseMailAddress(address, { domainAlone: true })?.registrableDomain ?? null
}

/** Values of a profile for people, by path; what is empty is left out. */
export function shownValues(profile: Profile): { path: string; value: string }[] {
  return [...leavesOf(profile)].flatMap(([path, value]) => {
    const text = shown(path, value)
    return text === null ? [] : [{ path, value: text }]
  })
}

/** Every value that is no object, by its path; lists are one value. What is about this machine is no part of it. */
function leavesOf(profile: Profile): Map<string, unknown> {
  const leaves = new Map<string, unknown>()
  const { secrets: _secrets, usedAt: _usedAt, ...rest } = profile
  const walk = (value: unknown, path: string): void => {
    if (isPlain(value) && Object.keys(value).length > 0)
      for (const [key, inner] of Object.entries(value))
        walk(inner, path === '' ? segment(key) : `${path}.${segment(key)}`)
    else leaves.set(path, value)
  }
  walk(rest, '')
  return leaves
}

function isEmpty(value: unknown): boolean {
  return value === '' || value === null || (Array.isArray(value) && value.length === 0)
}

function shown(path: string, value: unknown): string | null {
  if (value === undefined || isEmpty(value)) return null
  if (path === 'settings.network.extraCa' && typeof value === 'string') return certificatesShown(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Whom a CA names itself and its fingerprint, which is what a person can compare. */
function certificatesShown(pem: string): string {
  const lines = splitPem(pem).map((text) => {
    try {
      const { subject, fingerprint256 } = new X509Certificate(text)
      return `${subject.replaceAll('\n', ', ')} (SHA-256 ${fingerprint256})`
    } catch {
      return '?'
    }
  })
  return lines.length === 0 ? '?' : lines.join('; ')
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** A key as a part of a path; what a file brings along may have dots in its keys. */
function segment(key: string): string {
  return key.replaceAll('%', '%25').replaceAll('.', '%2E')
}

function keysOf(path: string): string[] {
  return path.split('.').map((part) => part.replaceAll('%2E', '.').replaceAll('%25', '%'))
}

function valueAt(value: unknown, path: string): unknown {
  return keysOf(path).reduce<unknown>((at, key) => (isPlain(at) && Object.hasOwn(at, key) ? at[key] : undefined), value)
}

function withValue(value: unknown, [key = '', ...rest]: readonly string[], next: unknown): unknown {
  const object = isPlain(value) ? value : {}
  const { [key]: old, ...others } = object
  if (rest.length > 0) return { ...object, [key]: withValue(old, rest, next) }
  return next === undefined ? others : { ...object, [key]: next }
}
