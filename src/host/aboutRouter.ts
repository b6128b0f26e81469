/** The part of the contract about the product itself. */
import { implement } from '@orpc/server'
import { aboutContract, type About } from '../contract/about.ts'
import type { SettingsFile } from './settingsFile.ts'
import type { SettingsContent } from './settingsSchema.ts'
import type { Updates } from './updates.ts'
import { compareVersions } from './versions.ts'
import type { WindowContext } from './windowContext.ts'

export function aboutRouter(o: {
  version: string
  settingsFile: SettingsFile
  /** Null: a host without the update check. */
  updates: Updates | null
  openLink: (url: string) => unknown
}) {
  const { settingsFile, updates } = o
  const os = implement(aboutContract).$context<WindowContext>()
  return os.router({
    info: os.info.handler(() => ({
      version: o.version,
      runtime: runtimeOf(process.versions),
      platform: `${process.platform} ${process.arch}`,
      updates: updates?.state() ?? { kind: 'absent' as const },
    })),
    seen: os.seen.handler(() => {
      settingsFile.update((content) => ({ ...content, seenVersion: o.version }))
      return {}
    }),
    checkUpdates: os.checkUpdates.handler(async ({ signal, errors }) => {
      if (updates?.state().kind !== 'available') throw errors.UPDATES_NOT_HERE({ data: {} })
      return updates.check(signal)
    }),
    setUpdatesOnStart: os.setUpdatesOnStart.handler(({ input, errors }) => {
      if (updates?.state().kind !== 'available') throw errors.UPDATES_NOT_HERE({ data: {} })
      const code = updates.setOnStart(input.on)
      if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
      return updates.state()
    }),
    openNotes: os.openNotes.handler(async () => {
      const page = updates?.notes() ?? null
      if (page !== null) await o.openLink(page)
      return { known: page !== null }
    }),
  })
}

function runtimeOf(versions: Readonly<Record<string, string | undefined>>): About['runtime'] {
  const parts = [
    ['Electron', versions['electron']],
    ['Chromium', versions['chrome']],
    ['Node.js', versions['node']],
  ] as const
  return parts.flatMap(([name, version]) => (version === undefined ? [] : [{ name, version }]))
}

/** True in the first window after an update; a first start has nothing to compare with. */
export function hasNews({ seenVersion }: SettingsContent, version: string): boolean {
  return seenVersion !== undefined && compareVersions(version, seenVersion) > 0
}
