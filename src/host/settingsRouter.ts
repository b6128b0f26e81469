/** The part of the contract about the settings of the profile that a window shows. */
import { implement } from '@orpc/server'
import { contract, type AppState } from '../contract/contract.ts'
import { secretFrom } from '../core/auth/secret.ts'
import type { Connector, Secrets } from '../core/connector.ts'
import { secretKinds, type SecretKind } from '../core/settings/settings.ts'
import { clientCertificateOf } from './clientCertificateFile.ts'
import { typedSecret, type Drafts } from './drafts.ts'
import type { HeldSecrets } from './heldSecrets.ts'
import { hasProfile } from './profiles.ts'
import type { SecretStore } from './secretStore.ts'
import type { SettingsFile } from './settingsFile.ts'
import { withProfile } from './settingsSchema.ts'
import { trustHosts } from './trustedHosts.ts'
import type { WindowContext } from './windowContext.ts'

export function settingsRouter(o: {
  connector: Connector
  drafts: Drafts
  held: HeldSecrets
  settingsFile: SettingsFile
  secretStore: SecretStore
  version: string
  /** What the window shows after a change. */
  snapshot: (shown?: string) => Promise<AppState>
  /** Told that settings changed. */
  onSaved: () => void
  clock: () => Date
}) {
  const { connector, drafts, held, settingsFile, secretStore, snapshot, clock } = o
  const os = implement(contract.settings).$context<WindowContext>()
  return os.router({
    check: os.check.handler(async ({ input }) => {
      // Judged while typing: what is saved was judged when it was typed, and no keychain is asked at every pause.
      const { name, profile } = drafts.shownProfile(input.profile)
      const settings = drafts.settingsOf(input.draft, name, profile.settings)
      const secrets: Secrets = {}
      // As typed: what is cleaned is said at the field.
      for (const kind of secretKinds) secrets[kind] = secretFrom(input.secrets[kind])
      // A saved passphrase is not asked for, so nothing can be said about a certificate that needs it.
      const passphraseIsSaved =
        secrets.certificatePassphrase === undefined &&
        (await drafts.savedAt(name, profile, 'certificatePassphrase')) !== null
      const clientCertificate =
        passphraseIsSaved || !held.mayRead(name, profile.settings, settings)
          ? undefined
          : await clientCertificateOf(settings, secrets.certificatePassphrase)
      return connector.check({ settings, secrets: { ...secrets, clientCertificate }, second: input.second })
    }),
    save: os.save.handler(async ({ input, errors }) => {
      const code = settingsFile.obstacle()
      if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
      const { content: before, name } = drafts.shownProfile(input.profile)
      if (input.profile !== undefined && !hasProfile(before, name))
        throw errors.SETTINGS_NOT_SAVED({ data: { code: 'PROFILE_GONE' } })
      const { profile } = drafts.shownProfile(name)
      const { own, ofConnections } = await held.savedKinds(name, profile)
      const withheld = await held.withheld({
        name,
        stored: profile.settings,
        wanted: drafts.settingsOf(input.draft, name, profile.settings),
        kinds: [...own.filter((kind) => typedSecret(input.secrets, kind) === undefined), ...ofConnections],
      })
      if (withheld !== null) throw errors.SECRET_WITHHELD({ data: withheld })
      const now = clock().toISOString()
      const where = (await secretStore.state()).kind
      const saved: SecretKind[] = []
      for (const kind of secretKinds) {
        const secret = typedSecret(input.secrets, kind)
        if (secret === undefined) continue
        if (!(await secretStore.write({ profile: name, kind }, secret)))
          throw errors.SECRET_NOT_SAVED({ data: { kind } })
        if (where !== 'memory') saved.push(kind)
      }
      const result = settingsFile.update((content) =>
        withProfile({ seenVersion: o.version, ...content }, name, (profile) => {
          const settings = drafts.settingsOf(input.draft, name, profile.settings)
          return {
            ...profile,
            settings,
            usedAt: now,
            secrets: { ...profile.secrets, ...Object.fromEntries(saved.map((kind) => [kind, { savedAt: now }])) },
          }
        }),
      )
      if (result.kind === 'not-saved') throw errors.SETTINGS_NOT_SAVED({ data: { code: result.code } })
      o.onSaved()
      return snapshot(name)
    }),
    removeSecret: os.removeSecret.handler(async ({ input: { kind, profile: shown }, errors }) => {
      const { name, profile } = drafts.shownProfile(shown)
      if (!(await secretStore.remove({ profile: name, kind }))) throw errors.SECRET_NOT_SAVED({ data: { kind } })
      if (profile.secrets[kind] !== undefined) {
        const result = settingsFile.update((content) =>
          withProfile(content, name, ({ secrets: { [kind]: _removed, ...secrets }, ...rest }) => ({
            ...rest,
            secrets,
          })),
        )
        if (result.kind === 'not-saved') throw errors.SETTINGS_NOT_SAVED({ data: { code: result.code } })
      }
      return snapshot(name)
    }),
    removeTrustedHost: os.removeTrustedHost.handler(({ input: { host, profile: shown }, errors }) => {
      const { name } = drafts.shownProfile(shown)
      const result = trustHosts(settingsFile, name, (hosts) => hosts.filter((known) => known !== host))
      if (result.kind === 'not-saved') throw errors.SETTINGS_NOT_SAVED({ data: { code: result.code } })
      return snapshot(name)
    }),
  })
}
