/**
 * The contract between a window and the connector: every procedure, its input and output. One router implements it for the
 * Electron port and for http on 127.0.0.1. Secrets only travel towards the connector; a window learns "saved since".
 */
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { factsSchema, remarkSchema } from '../core/evidence/schema.ts'
import { runEventSchema } from '../core/runs/events.ts'
import { limits } from '../core/limits.ts'
import { secretKinds, settingsSchema } from '../core/settings/settings.ts'
import { aboutContract } from './about.ts'
import { diagnosisContract } from './diagnosis.ts'
import { guideContract } from './guide.ts'
import { addressesContract } from './addresses.ts'
import { arrivalsContract } from './arrivals.ts'
import { connectionsContract } from './connections.ts'
import { linkIds } from './links.ts'
import { draftSchema, failures, runInputSchema, shownProfileSchema } from './run.ts'
import { batchContract } from './batch.ts'
import { profilesContract } from './profiles.ts'
import { transferContract } from './transfer.ts'

export const languages = ['de', 'en'] as const
export const languageSchema = z.enum(languages)
export type Language = z.infer<typeof languageSchema>

export const secretStatesSchema = z.record(z.enum(secretKinds), z.object({ savedAt: z.string() }).nullable())
export type SecretStates = z.infer<typeof secretStatesSchema>

/**
 * Where secrets are kept. `file`: sealed with EWS_SETUP_KEY, because there is no keychain; `memory`: for this session only. `reason`
 * (a code) says why it is not the keychain.
 */
export const secretStoreSchema = z.object({
  kind: z.enum(['keychain', 'file', 'memory']),
  system: z.enum(['windows', 'macos', 'linux']),
  reason: z
    .enum(['locked', 'no-keyring', 'no-service', 'no-library', 'failed', 'demo', 'file-wrong-key', 'file-damaged'])
    .nullable(),
})
export type SecretStoreState = z.infer<typeof secretStoreSchema>

/** Something the person has to know at the start, such as a damaged settings file that was set aside. Text by id. */
export const noticeSchema = z.object({
  id: z.enum(['settings-damaged', 'settings-newer', 'settings-not-writable', 'demo']),
  facts: factsSchema,
})
export type Notice = z.infer<typeof noticeSchema>

export const appStateSchema = z.object({
  version: z.string(),
  face: z.enum(['desktop', 'browser']),
  language: languageSchema,
  profile: z.string(),
  draft: draftSchema,
  /** Origin of the stored URL, for the line under the field. */
  urlOrigin: settingsSchema.shape.ewsUrlOrigin,
  urlSource: settingsSchema.shape.ewsUrlSource,
  /** Hosts outside the mail domain that this profile remembers a consent for. */
  trustedHosts: settingsSchema.shape.network.unwrap().shape.trustedHosts.unwrap(),
  secrets: secretStatesSchema,
  secretStore: secretStoreSchema,
  notices: z.array(noticeSchema),
  /** Whole days until EWS ends in Exchange Online, by the host's clock. */
  daysOfEwsOnline: z.number().int(),
  /** The first window after an update: what is new is shown by itself. */
  hasNews: z.boolean(),
})
export type AppState = z.infer<typeof appStateSchema>

export const contract = {
  app: {
    /** The snapshot a window starts from. */
    start: oc.input(z.object({})).output(appStateSchema),
    setLanguage: oc.input(z.object({ language: languageSchema })).output(z.object({})),
    /** Opens one of the known links in the person's browser. */
    openLink: oc.input(z.object({ link: z.enum(linkIds) })).output(z.object({})),
    arrivals: arrivalsContract,
  },
  settings: {
    /** Judges fields as typed; nothing is stored and nothing is sent. */
    check: oc.input(runInputSchema).output(z.array(remarkSchema)),
    save: oc.errors(failures).input(runInputSchema).output(appStateSchema),
    removeSecret: oc
      .errors(failures)
      .input(z.object({ profile: shownProfileSchema, kind: z.enum(secretKinds) }))
      .output(appStateSchema),
    /** Takes back a consent that was to be remembered. */
    removeTrustedHost: oc
      .errors(failures)
      .input(z.object({ profile: shownProfileSchema, host: z.string().max(limits.fieldCharacters) }))
      .output(appStateSchema),
  },
  guide: guideContract,
  addresses: addressesContract,
  connections: connectionsContract,
  runs: {
    /** Row A7, [URL abrufen]. Ends when the iterator is closed: that is how a window stops a run. */
    locate: oc.errors(failures).input(runInputSchema).output(eventIterator(runEventSchema)),
    /** Row A8, [Verbindung testen]. */
    test: oc.errors(failures).input(runInputSchema).output(eventIterator(runEventSchema)),
    /** Answers a question of the run under way; an unknown question is ignored. */
    answer: oc
      .input(
        z.object({
          questionId: z.string(),
          consent: z.boolean(),
          /** The consent is stored with the profile; otherwise it ends with the run. */
          remember: z.boolean().optional(),
        }),
      )
      .output(z.object({ known: z.boolean() })),
  },
  diagnosis: diagnosisContract,
  profiles: profilesContract,
  transfer: transferContract,
  batch: batchContract,
  about: aboutContract,
}
export type Contract = typeof contract

export type { Arrival, FileRefusal, FileSection, SectionId } from './arrivals.ts'
export type { BatchEvent, BatchRow } from './batch.ts'
export type { Diagnosis, Shape } from './diagnosis.ts'
export { draftSchema, typedSecretsSchema, type Draft, type SecondForm, type TypedSecrets } from './run.ts'

export type { ProfileLine, ProfileRefusal } from './profiles.ts'
export type { Difference, ImportPreview, ProfileDescription } from './transfer.ts'
export type { Facts, FieldName, Observation, Phase, Remark, Step, StepState } from '../core/evidence/schema.ts'
export type { Actor, Confidence, Finding, Severity } from '../core/findings/finding.ts'
export type { ConsentQuestion, RunEvent, RunResult } from '../core/runs/events.ts'
export type { SecretKind } from '../core/settings/settings.ts'
export { cloudNames } from '../core/settings/clouds.ts'
export { ewsVersions } from '../core/settings/ewsVersions.ts'
