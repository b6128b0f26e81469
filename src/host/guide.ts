/** The guide to the app registration on the host's side: its state in the profile, its checks, its scripts and its links. */
import type { GuideState } from '../contract/guide.ts'
import type { RunEvent } from '../core/runs/events.ts'
import {
  scriptsOf,
  stepsOf,
  stepTable,
  type CheckReach,
  type GuideStep,
  type PermissionModel,
} from '../core/registration/models.ts'
import { judgeSteps, onlineStateOf } from '../core/registration/progress.ts'
import { suggestedModel } from '../core/registration/registrationScript.ts'
import { guideProfileSchema, type GuideProfile } from './guideProfile.ts'
import type { Profile } from './settingsSchema.ts'

export function guideOf(profile: Profile): GuideProfile {
  return profile.guide ?? guideProfileSchema.parse({})
}

/** What a window shows. */
export function guideState(profile: Profile): GuideState {
  const guide = guideOf(profile)
  const model = guide.model ?? suggestedModel(profile.settings)
  return {
    model,
    chosen: guide.model !== null,
    scripts: scriptsOf(model),
    online: guide.online,
    steps: stepsOf(model).map((id) => ({
      id,
      fields: [...stepTable[id].fields],
      reach: stepTable[id].reach,
      portal: stepTable[id].portal,
      scripts: stepTable[id].scripts.filter((format) => scriptsOf(model).includes(format)),
      ticked: guide.ticked[id] === true,
      check: guide.checks[id] ?? null,
    })),
  }
}

/** How far the check of a step goes; null for steps that nothing outside shows. */
export function reachOf(step: GuideStep): CheckReach | null {
  return stepTable[step].reach
}

/** The guide after a run, or null when that taught it nothing. `asked`: what a check of the guide was about; null for the buttons. */
export function afterRun(
  guide: GuideProfile,
  { result }: Extract<RunEvent, { kind: 'ended' }>,
  asked: { reach: CheckReach; model: PermissionModel } | null,
): GuideProfile | null {
  const online = onlineStateOf(result)
  const { tenantId, clientId } = result.evidence.input
  const verdicts = asked === null ? {} : judgeSteps(result, asked)
  if (online === null && Object.keys(verdicts).length === 0) return null
  const checks = { ...guide.checks }
  for (const step of Object.keys(verdicts) as GuideStep[]) {
    const verdict = verdicts[step]
    if (verdict === undefined) continue
    const before = guide.checks[step]
    const sameValues = before?.tenantId === tenantId && before.clientId === clientId
    const at = result.evidence.startedAt
    const passedAt = verdict.outcome === 'passed' ? at : sameValues ? (before.passedAt ?? null) : null
    // Behind a step that failed nothing was learned: what was known stays known.
    if (verdict.outcome === 'open' && before !== undefined && sameValues && before.outcome === 'passed') continue
    checks[step] = { ...verdict, at, tenantId, clientId, passedAt }
  }
  return { ...guide, checks, online: online ?? guide.online }
}
