/** Which hosts a profile's person consented to for good. */
import type { SaveResult, SettingsFile } from './settingsFile.ts'
import { withProfile } from './settingsSchema.ts'

/** Changes which consents a profile remembers. */
export function trustHosts(
  settingsFile: SettingsFile,
  name: string,
  change: (hosts: readonly string[]) => string[],
): SaveResult {
  return settingsFile.update((content) =>
    withProfile(content, name, (profile) => {
      const { settings } = profile
      const trustedHosts = change(settings.network.trustedHosts)
      return { ...profile, settings: { ...settings, network: { ...settings.network, trustedHosts } } }
    }),
  )
}
