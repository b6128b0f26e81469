/** What is stored of automatic calls: connections and policy in the settings, and the ledger of what happened beside them. */
import { z } from 'zod'
import { findingSchema } from '../findings/finding.ts'
import { limits } from '../limits.ts'
import { savedSecretsSchema } from '../settings/settings.ts'
import { defaultEveryMinutes, defaultPolicy, policyBounds, policyModes } from './policy.ts'

const { baseMinutes, factor, failures, everyMinutes } = policyBounds

export const policySchema = z.object({
  mode: z.enum(policyModes).default(defaultPolicy.mode),
  baseMinutes: z.number().min(baseMinutes.least).max(baseMinutes.most).default(defaultPolicy.baseMinutes),
  factor: z.number().min(factor.least).max(factor.most).default(defaultPolicy.factor),
  failures: z.number().int().min(failures.least).max(failures.most).default(defaultPolicy.failures),
})

export const everyMinutesSchema = z.number().min(everyMinutes.least).max(everyMinutes.most).default(defaultEveryMinutes)

/** Row B1: one user's connection. Everything else comes from its profile. */
export const connectionSchema = z.looseObject({
  /** Never changes and is never used again. */
  id: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  mailbox: z.string().max(limits.fieldCharacters),
  /** Empty: the profile's user name, where that is set, else the mailbox address. */
  userName: z.string().max(limits.fieldCharacters).default(''),
  /** Calls are made by themselves. */
  automatic: z.boolean().default(true),
  /** Row B2; null: the profile's. */
  policy: policySchema.nullable().default(null),
  /** When own secrets were put into the keychain; absent: the profile's are used. */
  secrets: savedSecretsSchema,
  /** When a person had it activated, or its wait cut short, last: ISO 8601. Whoever makes the calls acts on a change. */
  activatedAt: z.string().nullable().default(null),
  hurriedAt: z.string().nullable().default(null),
})
export type Connection = z.infer<typeof connectionSchema>

/** How a call ended. Only `refused` and `interrupted` count for the policy. */
export const outcomeKinds = [
  'works',
  'refused',
  'interrupted',
  'busy',
  'unreachable',
  'denied',
  'unready',
  'not-made',
] as const
export type OutcomeKind = (typeof outcomeKinds)[number]

const moment = z.number()
const key = z.string()

const endSchema = z.object({
  type: z.literal('end'),
  at: moment,
  connection: key,
  kind: z.enum(outcomeKinds),
  /** Accounts that this refusal counts for. */
  counts: z.array(key),
  /** Accounts whose count begins anew. */
  resets: z.array(key),
  finding: findingSchema.nullable(),
  nextAt: moment.nullable(),
  /** The server asked for rest until then. */
  rest: z.object({ host: z.string(), until: moment }).nullable(),
})

/** One line of the journal. Replaying all of them gives the ledger; nothing in them is decided again. */
export const entrySchema = z.discriminatedUnion('type', [
  /** Written before anything is sent. `accounts`: where it counts if its end is never seen. */
  z.object({ type: z.literal('begin'), at: moment, connection: key, accounts: z.array(key) }),
  endSchema,
  z.object({ type: z.literal('inactive'), at: moment, connections: z.array(key), account: key }),
  z.object({
    type: z.literal('activated'),
    at: moment,
    connections: z.array(key),
    accounts: z.array(key),
    by: z.object({ connection: key, token: z.string() }),
  }),
  z.object({ type: z.literal('hurried'), at: moment, connection: key, token: z.string(), granted: z.boolean() }),
  /** First sight of tokens that came with the settings: nobody asked for anything here. */
  z.object({
    type: z.literal('known'),
    at: moment,
    connection: key,
    activatedAt: z.string().nullable(),
    hurriedAt: z.string().nullable(),
  }),
  /** The system clock was set, or the machine slept: stored times move along. */
  z.object({ type: z.literal('shift'), at: moment, ms: z.number() }),
])
export type Entry = z.infer<typeof entrySchema>

export const happenings = [...outcomeKinds, 'inactive', 'activated', 'hurried'] as const

const happeningSchema = z.object({
  at: moment,
  what: z.enum(happenings),
  /** Refusals in a row after it. */
  failures: z.number(),
  finding: z.string().nullable(),
  /** How often in a row, for what repeats. */
  times: z.number(),
})
export type Happening = z.infer<typeof happeningSchema>

const recordSchema = z.object({
  pending: z.object({ at: moment, accounts: z.array(key) }).nullable(),
  inactive: z.object({ at: moment, account: key }).nullable(),
  /** Troubles in a row that are none of the policy's, and which. */
  trouble: z.object({ kind: z.enum(outcomeKinds), times: z.number() }).nullable(),
  finding: findingSchema.nullable(),
  lastSuccessAt: moment.nullable(),
  lastCallAt: moment.nullable(),
  nextAt: moment.nullable(),
  /** Its wait was cut short once since the last success. */
  hurried: z.enum(['no', 'asked', 'used']),
  tokens: z.object({ activatedAt: z.string().nullable(), hurriedAt: z.string().nullable() }).nullable(),
  history: z.array(happeningSchema),
})
export type ConnectionRecord = z.infer<typeof recordSchema>

export const ledgerSchema = z.object({
  schema: z.literal(1),
  /** Number of the last entry in it. */
  sequence: z.number().int().nonnegative(),
  accounts: z.record(z.string(), z.object({ failures: z.number(), refusedAt: moment.nullable() })),
  connections: z.record(z.string(), recordSchema),
  hosts: z.record(z.string(), moment),
})
export type Ledger = z.infer<typeof ledgerSchema>
