/** Profiles as people read them: values by path, and of each secret no more than when it was saved. */
import { secretKinds, type SecretKind } from '../../core/settings/settings.ts'
import type { SecretStore } from '../secretStore.ts'
import type { Profile, SettingsContent } from '../settingsSchema.ts'
import { withoutCredentials } from './configuration.ts'
import { shownValues } from './differences.ts'

export type ProfileDescription = {
  profile: string
  values: { path: string; value: string }[]
  secrets: { kind: SecretKind; savedAt: string | null }[]
}

/** Names that are not there are left out. */
export async function describeProfiles(
  content: SettingsContent,
  names: readonly string[],
  store: SecretStore,
): Promise<ProfileDescription[]> {
  const inMemory = (await store.state()).kind === 'memory'
  return names.flatMap((name) => {
    const profile = Object.hasOwn(content.profiles, name) ? content.profiles[name] : undefined
    if (profile === undefined) return []
    const savedAt = (kind: SecretKind): string | null =>
      inMemory ? store.inMemorySince({ profile: name, kind }) : (profile.secrets[kind]?.savedAt ?? null)
    return [
      {
        profile: name,
        values: shownValues(shownProfile(profile)),
        secrets: secretKinds.map((kind) => ({ kind, savedAt: savedAt(kind) })),
      },
    ]
  })
}

/** A password within the proxy's URL is not shown. */
function shownProfile(profile: Profile): Profile {
  const { network } = profile.settings
  const proxy = withoutCredentials(network.proxy)
  return { ...profile, settings: { ...profile.settings, network: { ...network, proxy } } }
}
