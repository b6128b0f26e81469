/**
 * Saved secrets stay where a person took them. A window holds none of them, but it may name hosts; so what it sends is compared with the
 * stored profile, and where a saved secret would go somewhere new, a person is asked outside the window. A host that has nothing outside
 * its window refuses: typed again, the secret is the person's word.
 */
import type { Withheld } from '../contract/run.ts'
import { parseProxy } from '../core/network/plan.ts'
import { hostOf } from '../core/network/url.ts'
import { checkRequest } from '../core/settings/checks.ts'
import { clouds, isCloudHost } from '../core/settings/clouds.ts'
import { isWithin } from '../core/settings/mailDomain.ts'
import { parseLdapUrl } from '../core/settings/networkChecks.ts'
import { secretKinds, type SecretKind, type Settings } from '../core/settings/settings.ts'
import type { Confirm } from './confirmation.ts'
import type { SecretStore } from './secretStore.ts'
import type { Profile } from './settingsSchema.ts'

export type HeldKind = Withheld['secrets'][number]
export type Destination = Withheld['destinations'][number]

/** Settings that a window wants secrets used with, beside what its profile has stored. */
type Use = { name: string; stored: Settings; wanted: Settings; kinds: readonly SecretKind[] }

export type HeldSecrets = ReturnType<typeof openHeldSecrets>

/** `confirm` absent: nobody can be asked outside the window. */
export function openHeldSecrets(o: { secretStore: SecretStore; confirm: Confirm | undefined }) {
  const { secretStore, confirm } = o
  /** What a person said yes to since the program began. */
  const confirmed = new Set<string>()
  /** EWS hosts that a search found which asked with the stored settings alone: it is these that lead there. */
  const found = new Set<string>()
  const foundKey = (profile: string, stored: Settings, host: string) =>
    JSON.stringify([profile, mailDomainOf(stored), stored.cloud, host.toLowerCase()])
  const key = (profile: string, secret: HeldKind, { kind, name }: Destination) =>
    JSON.stringify([profile, secret, kind, name])

  /** Kinds that the store has for a profile, and for its connections, which use the profile's settings. */
  async function savedKinds(
    name: string,
    profile: Profile,
  ): Promise<{ own: SecretKind[]; ofConnections: SecretKind[]; all: SecretKind[] }> {
    const inMemory = (await secretStore.state()).kind === 'memory'
    const has = (kind: SecretKind): boolean =>
      inMemory ? secretStore.inMemorySince({ profile: name, kind }) !== null : profile.secrets[kind] !== undefined
    const ofConnection = (kind: SecretKind): boolean =>
      profile.connections.some(
        ({ id, secrets }) =>
          secrets[kind] !== undefined || secretStore.inMemorySince({ profile: name, kind, connection: id }) !== null,
      )
    return {
      own: secretKinds.filter(has),
      ofConnections: secretKinds.filter(ofConnection),
      all: secretKinds.filter((kind) => has(kind) || ofConnection(kind)),
    }
  }

  /** Null: every secret may go where these settings say. Asks where somebody can be asked; a yes counts until the program ends. */
  const withheld = (call: Use): Promise<Withheld | null> => withheldOfAll([call])

  /** The same for many, in one question. */
  function withheldOfAll(calls: readonly Use[]): Promise<Withheld | null> {
    return release(
      calls.flatMap(({ name, stored, wanted, kinds }) => {
        const certificate = confirm !== undefined && usesCertificate(wanted)
        const all: readonly HeldKind[] = certificate ? [...kinds, 'certificate'] : kinds
        return all.flatMap((secret) =>
          newDestinations(secret, stored, wanted)
            .filter((one) => one.kind !== 'ews-host' || !found.has(foundKey(name, stored, one.name)))
            .map((destination) => ({ profile: name, secret, destination })),
        )
      }),
    )
  }

  async function release(
    wanted: readonly { profile: string; secret: HeldKind; destination: Destination }[],
  ): Promise<Withheld | null> {
    const keyed = wanted.map((one) => ({ ...one, key: key(one.profile, one.secret, one.destination) }))
    const open = keyed.filter((one) => !confirmed.has(one.key))
    if (open.length === 0) return null
    const asked = {
      secrets: [...new Set(open.map(({ secret }) => secret))],
      destinations: unique(open.map(({ destination }) => destination)),
    }
    const profiles = [...new Set(open.map(({ profile }) => profile))]
    if (confirm === undefined || !(await confirm({ kind: 'release', profiles, ...asked }))) return asked
    for (const one of open) confirmed.add(one.key)
    return null
  }

  /**
   * A search that `wanted` asked for found an EWS URL at `host`. Nothing is learned where a window had a part in the way there: by settings
   * of its own, or by answering for a host.
   */
  function learnFound(o: { name: string; stored: Settings; wanted: Settings; host: string }): void {
    const asked: Settings = { ...o.wanted, ewsUrl: '', ewsUrlOrigin: 'none' }
    const isOfStored = heldKinds.every((kind) => newDestinations(kind, o.stored, asked).length === 0)
    if (isOfStored) found.add(foundKey(o.name, o.stored, o.host))
  }

  /** A window's yes to the question about a host, for secrets that the window does not know. Without anybody to ask it stands. */
  async function mayConsent(profile: string, kinds: readonly HeldKind[], host: string): Promise<boolean> {
    if (confirm === undefined) return true
    const destination: Destination = { kind: 'ews-host', name: host.toLowerCase() }
    const atHosts = kinds.filter((kind) => (reach[kind] as readonly string[]).includes('ews-host'))
    return (await release(atHosts.map((secret) => ({ profile, secret, destination })))) === null
  }

  /** False: a file that a window named and nobody else did, where somebody could have been asked. */
  function mayRead(profile: string, stored: Settings, wanted: Settings): boolean {
    if (confirm === undefined) return true
    const files = newDestinations('certificate', stored, wanted).filter(({ kind }) => kind === 'certificate-file')
    return files.every((file) => confirmed.has(key(profile, 'certificate', file)))
  }

  return { savedKinds, withheld, withheldOfAll, learnFound, mayConsent, mayRead }
}

/** Who can come to receive each of them. */
const reach: Readonly<Record<HeldKind, readonly Destination['kind'][]>> = {
  password: ['mail-domain', 'ews-host'],
  // The secret goes to the login service, and the token that it gives to the EWS host.
  clientSecret: ['mail-domain', 'ews-host', 'cloud', 'login-service'],
  certificate: ['mail-domain', 'ews-host', 'cloud', 'login-service', 'certificate-file'],
  // Opens a local file and leaves the machine nowhere.
  certificatePassphrase: [],
  proxyPassword: ['proxy'],
  ldapPassword: ['directory', 'mail-domain'],
}

const heldKinds = Object.keys(reach) as HeldKind[]

function mailDomainOf(settings: Settings): string | null {
  return checkRequest({ settings, secrets: {} }, 'check').mail?.registrableDomain ?? null
}

export function usesCertificate({ clientCredential, clientCertificate }: Settings): boolean {
  return clientCredential === 'certificate' && clientCertificate.trim() !== ''
}

/** Where the wanted settings would let a secret go and the stored ones would not. */
export function newDestinations(secret: HeldKind, stored: Settings, wanted: Settings): Destination[] {
  const kinds = reach[secret]
  const known = new Set(destinationsOf(stored).map((one) => JSON.stringify(one)))
  return destinationsOf(wanted).filter((one) => kinds.includes(one.kind) && !known.has(JSON.stringify(one)))
}

/** Read as a run reads them: a text that only a run understood would be a way around. */
function destinationsOf(settings: Settings): Destination[] {
  const { mail, ewsUrl, authority } = checkRequest({ settings, secrets: {} }, 'check')
  const mailDomain = mail?.registrableDomain ?? null
  const host = ewsUrl === '' ? '' : hostOf(new URL(ewsUrl))
  // Trusted by the mail domain or the cloud; and a URL of a file gets nothing without consent.
  const isCovered =
    settings.ewsUrlOrigin === 'imported' ||
    isCloudHost(clouds[settings.cloud], host) ||
    (mailDomain !== null && isWithin(mailDomain, host))
  const proxy = settings.network.proxy.trim()
  const named: [Destination['kind'], string][] = [
    ['mail-domain', mailDomain ?? ''],
    ['ews-host', isCovered ? '' : host],
    ['cloud', settings.cloud],
    ['login-service', authority],
    ['proxy', proxy === 'none' ? '' : (parseProxy(proxy)?.origin ?? proxy)],
    ['directory', parseLdapUrl(settings.ldapUrl)?.host ?? settings.ldapUrl.trim()],
    ['certificate-file', usesCertificate(settings) ? settings.clientCertificate.trim() : ''],
  ]
  return named.flatMap(([kind, name]) => (name === '' ? [] : [{ kind, name }]))
}

function unique(destinations: readonly Destination[]): Destination[] {
  return [...new Map(destinations.map((one) => [JSON.stringify(one), one])).values()]
}
