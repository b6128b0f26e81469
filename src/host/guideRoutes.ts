/** Implements the guide's part of the contract. */
import { implement } from '@orpc/server'
import { contract, type Draft, type TypedSecrets } from '../contract/contract.ts'
import type { GuideStep, PermissionModel } from '../core/registration/models.ts'
import { registrationScript, valuesOf } from '../core/registration/registrationScript.ts'
import { scriptOptionsSchema } from '../core/registration/values.ts'
import { settingsSchema } from '../core/settings/settings.ts'
import { guideState } from './guide.ts'
import type { GuideProfile } from './guideProfile.ts'
import { portalUrl } from './portal.ts'
import type { WindowContext } from './windowContext.ts'
import { eventsOf, type StartedWindowRun } from './windowRuns.ts'
import type { Profile } from './settingsSchema.ts'

export type GuideHost = {
  profile: () => Profile
  /** Stores the guide of the current profile; the code of the obstacle, or null when it is stored. */
  store: (change: (guide: GuideProfile) => GuideProfile) => string | null
  openLink: (url: string) => unknown
  check: (call: {
    step: GuideStep
    model: PermissionModel
    draft: Draft
    typed: TypedSecrets
    profile: string | undefined
    window: string
    signal: AbortSignal | undefined
  }) => Promise<StartedWindowRun>
}

export function guideRoutes(host: GuideHost) {
  const os = implement(contract.guide).$context<WindowContext>()
  return os.router({
    state: os.state.handler(() => guideState(host.profile())),
    choose: os.choose.handler(({ input, errors }) => {
      const code = host.store((guide) => ({ ...guide, model: input.model }))
      if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
      return guideState(host.profile())
    }),
    tick: os.tick.handler(({ input, errors }) => {
      const code = host.store((guide) => ({ ...guide, ticked: { ...guide.ticked, [input.step]: input.ticked } }))
      if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
      return guideState(host.profile())
    }),
    script: os.script.handler(({ input }) => {
      const settings = settingsSchema.parse(input.draft)
      return registrationScript(input.format, valuesOf(settings, input.model, scriptOptionsSchema.parse(input.options)))
    }),
    openPortal: os.openPortal.handler(async ({ input }) => {
      const url = portalUrl(input.page, input.draft)
      if (url !== null) await host.openLink(url)
      return { known: url !== null }
    }),
    check: os.check.handler(async ({ input, context, signal, errors }) => {
      const run = await host.check({
        step: input.step,
        model: input.model,
        draft: input.draft,
        typed: input.secrets,
        profile: input.profile,
        window: context.window,
        signal,
      })
      return eventsOf(run, errors)
    }),
  })
}
