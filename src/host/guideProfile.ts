/** What is kept of the guide in a profile: the chosen model, the ticks, and what the last checks showed. No secret, no server text. */
import { z } from 'zod'
import { stepCheckSchema } from '../contract/guide.ts'
import { guideSteps, permissionModels } from '../core/registration/models.ts'
import { onlineStateSchema } from '../core/registration/progress.ts'

export const guideProfileSchema = z.looseObject({
  /** null: not chosen yet. */
  model: z.enum(permissionModels).nullable().default(null),
  ticked: z.partialRecord(z.enum(guideSteps), z.boolean()).default({}),
  checks: z.partialRecord(z.enum(guideSteps), stepCheckSchema).default({}),
  /** What the last run saw of EWS in Exchange Online. */
  online: onlineStateSchema.nullable().default(null),
})
export type GuideProfile = z.infer<typeof guideProfileSchema>
