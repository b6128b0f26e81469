/** What is stored, as the terminal opens it: a file that cannot be used is wrong usage before anything happens. */
import { UsageError } from './usage.ts'
import type { Secrets } from '../core/connector.ts'
import { openSecrets } from '../host/openSecrets.ts'
import type { SecretStore } from '../host/secretStore.ts'
import { openSettingsFile, type SettingsFile } from '../host/settingsFile.ts'
import { savedKinds, type Profile, type SettingsContent } from '../host/settingsSchema.ts'
import { stateDirectory } from '../host/stateDirectory.ts'

export type State = {
  directory: string
  settingsFile: SettingsFile
  secretStore: SecretStore
  content: SettingsContent
  /** Throws a usage error when there is none of that name. */
  profile(name: string): Profile
}

export function openState(directory = stateDirectory()): State {
  const settingsFile = openSettingsFile({ directory })
  const content = settingsFile.read()
  const notices = settingsFile.notices().map((notice) => notice.id)
  if (notices.includes('settings-damaged') || notices.includes('settings-newer'))
    throw new UsageError('profileUnreadable')
  return {
    directory,
    settingsFile,
    secretStore: openSecrets(directory),
    content,
    profile(name) {
      const profile = Object.hasOwn(content.profiles, name) ? content.profiles[name] : undefined
      // A directory that cannot be written can still be read; a file that cannot be read has no profiles.
      if (profile === undefined) throw new UsageError(notices.length > 0 ? 'profileUnreadable' : 'noProfile', { name })
      return profile
    },
  }
}

/** The secrets that the settings say are saved. */
export async function savedSecrets(store: SecretStore, name: string, profile: Profile): Promise<Secrets> {
  const secrets: Secrets = {}
  for (const kind of savedKinds(profile)) {
    const secret = await store.read({ profile: name, kind })
    if (secret !== undefined) secrets[kind] = secret
  }
  return secrets
}
