/** The part of the contract that the guide to the app registration uses. */
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { guideSteps, permissionModels, portalPages, checkReaches } from '../core/registration/models.ts'
import { onlineStateSchema, stepVerdictSchema } from '../core/registration/progress.ts'
import { scriptFormats, scriptSchema } from '../core/registration/script.ts'
import { scriptOptionsSchema } from '../core/registration/values.ts'
import { runEventSchema } from '../core/runs/events.ts'
import { draftSchema, failures, runInputSchema } from './run.ts'

/** The last check of a step, and whether an earlier one passed: a step that passed once and fails now has regressed. */
export const stepCheckSchema = stepVerdictSchema.extend({
  at: z.string(),
  /** What it was checked with; a change of either makes it a check of something else. */
  tenantId: z.string(),
  clientId: z.string(),
  passedAt: z.string().nullable(),
})
export type StepCheck = z.infer<typeof stepCheckSchema>

export const stepStateSchema = z.object({
  id: z.enum(guideSteps),
  fields: z.array(z.string()),
  reach: z.enum(checkReaches).nullable(),
  portal: z.enum(portalPages).nullable(),
  scripts: z.array(z.enum(scriptFormats)),
  ticked: z.boolean(),
  check: stepCheckSchema.nullable(),
})
export type StepState = z.infer<typeof stepStateSchema>

export const guideStateSchema = z.object({
  model: z.enum(permissionModels),
  /** False: nobody chose it yet; it is what the configuration suggests. */
  chosen: z.boolean(),
  steps: z.array(stepStateSchema),
  scripts: z.array(z.enum(scriptFormats)),
  /** What the last run saw of EWS in Exchange Online; null: none asked. */
  online: onlineStateSchema.nullable(),
})
export type GuideState = z.infer<typeof guideStateSchema>

const model = z.enum(permissionModels)

export const guideContract = {
  /** The guide of the current profile. */
  state: oc.input(z.object({})).output(guideStateSchema),
  choose: oc.errors(failures).input(z.object({ model })).output(guideStateSchema),
  tick: oc
    .errors(failures)
    .input(z.object({ step: z.enum(guideSteps), ticked: z.boolean() }))
    .output(guideStateSchema),
  /** The script with the values of the dialog. Nothing is sent and nothing is stored. */
  script: oc
    .input(
      z.object({ format: z.enum(scriptFormats), model, draft: draftSchema, options: scriptOptionsSchema.partial() }),
    )
    .output(scriptSchema),
  /** Opens a page of the portals in the person's browser, with tenant and client ID of the dialog; `known` is false for a cloud whose portal has no address here. */
  openPortal: oc
    .input(z.object({ page: z.enum(portalPages), draft: draftSchema }))
    .output(z.object({ known: z.boolean() })),
  /** Checks one step, as a run whose events stream back; afterwards `state` knows what it showed. */
  check: oc
    .errors(failures)
    .input(runInputSchema.extend({ step: z.enum(guideSteps), model }))
    .output(eventIterator(runEventSchema)),
}

export type { GuideStep, PermissionModel, PortalPage, CheckReach } from '../core/registration/models.ts'
export type { Script, ScriptFormat } from '../core/registration/script.ts'
export type { CheckNote, OnlineState } from '../core/registration/progress.ts'
export type { ScriptOptions } from '../core/registration/values.ts'
