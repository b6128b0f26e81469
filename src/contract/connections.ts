/** The part of the contract about automatic calls: connections, the 401 policy, and what happened (rows A13, A14, B1 to B4). */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { connectionSchema, everyMinutesSchema, happenings, policySchema } from '../core/automation/schema.ts'
import { callStates } from '../core/automation/view.ts'
import { findingSchema } from '../core/findings/finding.ts'
import { limits } from '../core/limits.ts'

export const faces = ['desktop', 'browser', 'watch'] as const

/** The process that makes the calls. */
export const ownerSchema = z.object({
  pid: z.number(),
  host: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  face: z.enum(faces),
})
export type Owner = z.infer<typeof ownerSchema>

/** Who makes the calls, and what is in their way. */
export const keeperSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idle') }),
  z.object({ kind: z.literal('here') }),
  z.object({ kind: z.literal('elsewhere'), owner: ownerSchema.nullable() }),
  /** `code` is the platform's; nothing is called while what happens cannot be stored. */
  z.object({ kind: z.literal('stopped'), code: z.string() }),
])
export type KeeperStatus = z.infer<typeof keeperSchema>

const moment = z.string().nullable()

export const connectionRowSchema = z.object({
  id: z.string(),
  mailbox: z.string(),
  userName: z.string(),
  automatic: z.boolean(),
  /** Own policy; null: the profile's. */
  policy: policySchema.nullable(),
  secrets: z.object({ password: moment, clientSecret: moment }),
  state: z.enum(callStates),
  /** Refusals in a row, and how many its policy allows. */
  failures: z.number(),
  allowed: z.number(),
  lastSuccessAt: moment,
  lastCallAt: moment,
  nextAttemptAt: moment,
  inactiveSince: moment,
  /** The wait can still be cut short by hand. */
  mayHurry: z.boolean(),
  finding: findingSchema.nullable(),
})
export type ConnectionRow = z.infer<typeof connectionRowSchema>

export const happeningRowSchema = z.object({
  at: z.string(),
  what: z.enum(happenings),
  failures: z.number(),
  finding: z.string().nullable(),
  times: z.number(),
})
export type HappeningRow = z.infer<typeof happeningRowSchema>

/** What a person sets for one connection; `id` null: a new one. A secret is the one just typed; absent: as it is. */
const draftSchema = connectionSchema
  .pick({ mailbox: true, userName: true, automatic: true, policy: true })
  .extend({ id: z.string().nullable() })
export type ConnectionDraft = z.infer<typeof draftSchema>
const ownSecretsSchema = z.object({
  password: z.string().max(limits.fieldCharacters).nullable().optional(),
  clientSecret: z.string().max(limits.fieldCharacters).nullable().optional(),
})
export type OwnSecrets = z.infer<typeof ownSecretsSchema>

export const mailboxProblems = ['mailbox-invalid', 'mailbox-twice', 'mailbox-known', 'too-many'] as const
export const mailboxLineSchema = z.object({
  line: z.number(),
  mailbox: z.string(),
  userName: z.string(),
  problem: z.enum(mailboxProblems).nullable(),
})
export type MailboxLine = z.infer<typeof mailboxLineSchema>

const failures = {
  SETTINGS_NOT_SAVED: { status: 500, data: z.object({ code: z.string() }) },
  SECRET_NOT_SAVED: { status: 500, data: z.object({}) },
  /** The connection is gone. */
  NO_CONNECTION: { status: 404, data: z.object({}) },
  MAILBOX_INVALID: { status: 422, data: z.object({ problem: z.enum(mailboxProblems) }) },
} as const

const ids = z.object({ ids: z.array(z.string()).max(limits.connections) })
const nothing = z.object({})
const text = z.string().max(limits.mailboxFileBytes)

export const connectionsContract = {
  /** Rows are null while nothing changed since `since`. */
  list: oc.input(z.object({ since: z.string().nullable() })).output(
    z.object({
      version: z.string(),
      keeper: keeperSchema,
      rows: z.array(connectionRowSchema).nullable(),
      policy: policySchema,
      everyMinutes: z.number(),
      /** A state file that was not readable was set aside under this name. */
      damagedFile: z.string().nullable(),
      /** Where secrets are kept is no keychain: they are gone at the end of this session. */
      secretsInMemory: z.boolean(),
      /** There is a stored URL to call. */
      hasUrl: z.boolean(),
    }),
  ),
  history: oc.input(z.object({ id: z.string() })).output(z.object({ happenings: z.array(happeningRowSchema) })),
  save: oc
    .errors(failures)
    .input(z.object({ connection: draftSchema, secrets: ownSecretsSchema }))
    .output(z.object({ id: z.string() })),
  setAutomatic: oc
    .errors(failures)
    .input(ids.extend({ automatic: z.boolean() }))
    .output(nothing),
  remove: oc.errors(failures).input(ids).output(nothing),
  /** Row B3: tests the connection, and makes it active when that worked. */
  activate: oc
    .errors(failures)
    .input(z.object({ id: z.string() }))
    .output(z.object({ ok: z.boolean(), finding: findingSchema.nullable() })),
  /** Row B3: cuts the wait short, once. */
  hurry: oc
    .errors(failures)
    .input(z.object({ id: z.string() }))
    .output(nothing),
  /** Row A13, as it is stored. */
  policy: oc.input(nothing).output(z.object({ policy: policySchema, everyMinutes: z.number() })),
  savePolicy: oc
    .errors(failures)
    .input(z.object({ policy: policySchema, everyMinutes: everyMinutesSchema }))
    .output(nothing),
  /** Reads a list of mailboxes; nothing is stored. */
  previewMailboxes: oc.input(z.object({ text })).output(z.object({ lines: z.array(mailboxLineSchema) })),
  importMailboxes: oc
    .errors(failures)
    .input(z.object({ text, automatic: z.boolean() }))
    .output(z.object({ added: z.number() })),
}

export type { CallState } from '../core/automation/view.ts'
export type { Policy } from '../core/automation/policy.ts'
