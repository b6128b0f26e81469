/** What a window's draft means together with the profile that it shows: settings, secrets, and the request of a run. */
import {
  secretStatesSchema,
  type Draft,
  type SecondForm,
  type SecretStates,
  type TypedSecrets,
} from '../contract/contract.ts'
import type { Withheld } from '../contract/run.ts'
import { secretFrom, type Secret } from '../core/auth/secret.ts'
import type { RunRequest, Secrets } from '../core/connector.ts'
import { parseProxy } from '../core/network/plan.ts'
import {
  secretKinds,
  settingsSchema,
  type NetworkOptions,
  type SecretKind,
  type Settings,
} from '../core/settings/settings.ts'
import { clientCertificateOf } from './clientCertificateFile.ts'
import { usesCertificate, type HeldKind, type HeldSecrets } from './heldSecrets.ts'
import type { SecretStore } from './secretStore.ts'
import type { SettingsFile } from './settingsFile.ts'
import { profileOf, type Profile } from './settingsSchema.ts'
import { parseKeeping } from './unknownKeys.ts'
import type { UrlOrigins } from './urlOrigins.ts'

export type Drafts = ReturnType<typeof openDrafts>

/** Blanks around a pasted client secret are never part of it; in a password they may be. */
export function typedSecret(typed: TypedSecrets, kind: SecretKind): Secret | undefined {
  return secretFrom(kind === 'clientSecret' ? typed[kind]?.trim() : typed[kind])
}

export function openDrafts(o: {
  settingsFile: SettingsFile
  secretStore: SecretStore
  held: HeldSecrets
  urlOrigins: UrlOrigins
  /** Options of the host's command line, over those of every profile. */
  networkDefaults: Partial<NetworkOptions> | undefined
}) {
  const { settingsFile, secretStore, held, urlOrigins } = o

  /** The profile that a window shows: another window, or the terminal, may have made another one current since. */
  const shownProfile = (shown?: string) => {
    const content = settingsFile.read()
    const name = shown ?? content.profile
    return { content, name, profile: profileOf(content, name) }
  }

  async function savedAt(name: string, profile: Profile, kind: SecretKind): Promise<string | null> {
    const { kind: where } = await secretStore.state()
    if (where === 'memory') return secretStore.inMemorySince({ profile: name, kind })
    return profile.secrets[kind]?.savedAt ?? null
  }

  async function secretStates(name: string, profile: Profile): Promise<SecretStates> {
    const states = secretKinds.map(async (kind) => [kind, stateOf(await savedAt(name, profile, kind))] as const)
    return secretStatesSchema.parse(Object.fromEntries(await Promise.all(states)))
  }

  /** What a window shows of stored settings, without what is the host's alone. */
  function draftOf(stored: Settings): Draft {
    const { ewsUrlOrigin: _origin, ewsUrlSource: _source, contactFolder: _folder, network, ...settings } = stored
    const { noProxy, proxyUser, expectThumbprint, worksInBrowser } = network
    return {
      ...settings,
      proxy: shownProxy(network.proxy),
      noProxy,
      proxyUser,
      expectThumbprint,
      worksInBrowser,
    }
  }

  function settingsOf(draft: Draft, name: string, stored: Settings): Settings {
    const { proxy, noProxy, proxyUser, expectThumbprint, worksInBrowser, ...settings } = draft
    const network = {
      ...stored.network,
      noProxy,
      proxyUser,
      expectThumbprint,
      worksInBrowser,
      // A stored proxy may carry a login that no window has seen.
      proxy: proxy === shownProxy(stored.network.proxy) ? stored.network.proxy : proxy,
    }
    return parseKeeping(settingsSchema, {
      ...stored,
      ...settings,
      ...urlOrigins.of(name, draft.ewsUrl, stored),
      network,
    })
  }

  function networkOf(settings: Settings): NetworkOptions {
    return networkOver(o.networkDefaults, settings.network)
  }

  async function secretsOf(typed: TypedSecrets, name: string, profile: Profile): Promise<Secrets> {
    const secrets: Secrets = {}
    for (const kind of secretKinds) {
      const secret = typedSecret(typed, kind)
      if (secret !== undefined) secrets[kind] = secret
      else if ((await savedAt(name, profile, kind)) !== null)
        secrets[kind] = await secretStore.read({ profile: name, kind })
    }
    return secrets
  }

  /** `held`: kinds of secrets in it that this call did not bring along. */
  async function requestOf(
    draft: Draft,
    typed: TypedSecrets,
    shown: string | undefined,
    second?: SecondForm,
  ): Promise<
    { kind: 'request'; name: string; held: HeldKind[]; request: RunRequest } | { kind: 'withheld'; withheld: Withheld }
  > {
    const { name, profile } = shownProfile(shown)
    const settings = settingsOf(draft, name, profile.settings)
    const { own } = await held.savedKinds(name, profile)
    const kinds = own.filter((kind) => typedSecret(typed, kind) === undefined)
    const withheld = await held.withheld({ name, stored: profile.settings, wanted: settings, kinds })
    if (withheld !== null) return { kind: 'withheld', withheld }
    const secrets = await secretsOf(typed, name, profile)
    const clientCertificate = await clientCertificateOf(settings, secrets.certificatePassphrase)
    return {
      kind: 'request',
      name,
      held: usesCertificate(settings) ? [...kinds, 'certificate'] : kinds,
      request: {
        settings: { ...settings, network: networkOf(settings) },
        secrets: { ...secrets, clientCertificate },
        second,
      },
    }
  }

  return { shownProfile, savedAt, secretStates, draftOf, settingsOf, networkOf, requestOf }
}

/** The proxy as a window may see it: an address from an older file or a script may hold a password. */
function shownProxy(text: string): string {
  const proxy = parseProxy(text)
  if (proxy === null || proxy.password === '') return text
  proxy.password = ''
  return proxy.href
}

/** A host's own options over those of a profile. */
export function networkOver(defaults: Partial<NetworkOptions> | undefined, network: NetworkOptions): NetworkOptions {
  return {
    ...network,
    ...defaults,
    connectTo: [...(defaults?.connectTo ?? []), ...network.connectTo],
    trustedHosts: [...new Set([...(defaults?.trustedHosts ?? []), ...network.trustedHosts])],
  }
}

function stateOf(savedAt: string | null): { savedAt: string } | null {
  return savedAt === null ? null : { savedAt }
}
