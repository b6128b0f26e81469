/**
 * The Active Directory domain that this machine, or the Kerberos ticket of its login session, belongs to. Windows says so in the
 * environment. Elsewhere it is the realm of the ticket in a cache that is a file; where the cache is kept otherwise (KEYRING, KCM, API)
 * and the machine has a keytab, so that it was joined to a domain, the default realm of its Kerberos configuration.
 */
import { access, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export type MachineDomainOptions = {
  environment: Readonly<Record<string, string | undefined>>
  platform?: NodeJS.Platform
  /** Numeric id of the user, for the usual name of the cache. */
  userId?: number | undefined
  configuration?: string
  keytab?: string
}

/** DNS name in lower case as far as it is one; null: none is known. Rejects never. */
export async function machineDomain(o: MachineDomainOptions): Promise<string | null> {
  const { environment, platform = process.platform } = o
  if (platform === 'win32') return named(environment['USERDNSDOMAIN'])
  const settings = await librarySettings(environment['KRB5_CONFIG'] ?? o.configuration ?? '/etc/krb5.conf')
  const userId = String(o.userId ?? process.getuid?.() ?? '')
  const cache = (environment['KRB5CCNAME'] ?? settings.get('default_ccache_name') ?? `FILE:/tmp/krb5cc_${userId}`)
    .replaceAll('%{uid}', userId)
    .replaceAll('%{euid}', userId)
  const file = /^(?:FILE:|(?=\/))(.+)$/.exec(cache)?.[1]
  if (file !== undefined) return named(await realmOfCache(file))
  return (await exists(o.keytab ?? '/etc/krb5.keytab')) ? named(settings.get('default_realm')) : null
}

function named(text: string | null | undefined): string | null {
  const name = (text ?? '').trim().toLowerCase()
  return name === '' ? null : name
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

const mostFiles = 50

/** `[libdefaults]` of krb5.conf: the first value counts, files that it includes too. `places` may be several, parted by colons. */
async function librarySettings(places: string): Promise<Map<string, string>> {
  const settings = new Map<string, string>()
  const waiting = places.split(':').filter((place) => place !== '')
  for (let read = 0; read < mostFiles; read++) {
    const place = waiting.shift()
    if (place === undefined) break
    let section = ''
    for (const line of (await readFile(place, 'utf8').catch(() => '')).split(/\r?\n/)) {
      const include = /^(include|includedir)\s+(\S.*)$/.exec(line.trim())
      if (include !== null) waiting.push(...(await included(include[1] === 'includedir', include[2]?.trim() ?? '')))
      section = /^\s*\[(\w+)\]/.exec(line)?.[1] ?? section
      const [, key, value] = /^\s*(\w+)\s*=\s*([^\s{]\S*)\s*$/.exec(line) ?? []
      if (section === 'libdefaults' && key !== undefined && value !== undefined && !settings.has(key))
        settings.set(key, value)
    }
  }
  return settings
}

async function included(directory: boolean, place: string): Promise<string[]> {
  if (!directory) return [place]
  const names = await readdir(place).catch(() => [])
  // As libkrb5 does: names of letters, digits, dashes and underscores, or those that end in ".conf".
  return names.filter((name) => /^[\w-]+$|^[^.].*\.conf$/.test(name)).map((name) => join(place, name))
}

/** Realm of the principal whose tickets a cache of version 3 or 4 holds; null: there is none, or it is something else. */
async function realmOfCache(file: string): Promise<string | null> {
  const bytes = await readFile(file).catch(() => Buffer.alloc(0))
  try {
    const version = bytes.readUInt16BE(0)
    if (version !== 0x0503 && version !== 0x0504) return null
    // Version 4 has tags before the principal; that begins with its type and the number of its parts.
    const principal = version === 0x0504 ? 4 + bytes.readUInt16BE(2) : 2
    const length = bytes.readUInt32BE(principal + 8)
    return length > 255 ? null : bytes.toString('utf8', principal + 12, principal + 12 + length)
  } catch {
    return null
  }
}
