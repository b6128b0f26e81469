/**
 * Evidence: what a run observed, as plain data. It is redacted as it is created (no secret, no token, headers by allow-list),
 * carries no language, and is enough for `findings` to judge it again on another machine.
 */
import { z } from 'zod'
import { cloudNames } from '../settings/clouds.ts'
import { ewsVersions } from '../settings/ewsVersions.ts'
import { authOrders, discoverySources, urlOrigins } from '../settings/settings.ts'
import { autodiscoverObservation, directoryObservation, tenantObservation, trustObservation } from './discovery.ts'
import { endpointObservation, loginObservation, loginSchemes, soapObservation, tokenObservation } from './logins.ts'
import { connectionObservation, dnsObservation, httpObservation, pathObservation, tlsObservation } from './network.ts'

/**
 * Raised with every change that older versions of this program could not read: a new kind, a new value, a field that may be null. Fields
 * that are merely added get a default, so that evidence without them stays readable; `files/evidenceFile.ts` migrates what has to be.
 */
export const evidenceSchemaVersion = 2

export const phases = ['input', 'names', 'discovery', 'transport', 'token', 'login', 'mailbox'] as const
export type Phase = (typeof phases)[number]

export const stepStates = ['passed', 'warning', 'failed', 'no-answer', 'skipped', 'cancelled', 'crashed'] as const
export type StepState = (typeof stepStates)[number]

const factValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])
export const factsSchema = z.record(z.string(), factValue)
/** Machine-readable, language-free facts: what placeholders of texts are filled with. */
export type Facts = z.infer<typeof factsSchema>

export const observationSchema = z.discriminatedUnion('kind', [
  dnsObservation,
  connectionObservation,
  tlsObservation,
  httpObservation,
  autodiscoverObservation,
  trustObservation,
  tokenObservation,
  tenantObservation,
  loginObservation,
  soapObservation,
  endpointObservation,
  pathObservation,
  directoryObservation,
])
export type Observation = z.infer<typeof observationSchema>
export type ObservationOf<K extends Observation['kind']> = Extract<Observation, { kind: K }>

/** What a step tells in one line, looked up in the texts; facts fill its placeholders. */
export const stepSummarySchema = z.object({ text: z.string(), facts: factsSchema })
export type StepSummary = z.infer<typeof stepSummarySchema>

export const stepSchema = z.object({
  /** Unique in the run, such as `json:autodiscover.contoso.com` or `token`. */
  id: z.string(),
  /** What kind of step it is: the part of the id before the colon. */
  name: z.string(),
  /** The part after the colon, usually a host; null where there is none. */
  target: z.string().nullable(),
  phase: z.enum(phases),
  state: z.enum(stepStates),
  /** Ms after the run's start. */
  startedMs: z.number(),
  ms: z.number(),
  summary: stepSummarySchema,
  observations: z.array(observationSchema),
})
export type Step = z.infer<typeof stepSchema>

export const fieldNames = [
  'email',
  'password',
  'userName',
  'tenantId',
  'clientId',
  'clientSecret',
  'ewsVersion',
  'ewsUrl',
  'authority',
  'clientCertificate',
  'certificatePassphrase',
  'proxy',
  'noProxy',
  'proxyUser',
  'proxyPassword',
  'ldapUrl',
  'ldapUser',
  'ldapPassword',
  'ldapSite',
  'expectThumbprint',
  'secondUserName',
  'secondMailbox',
] as const
export type FieldName = (typeof fieldNames)[number]

/** A remark at a field, from `settings/checks`. */
export const remarkSchema = z.object({
  field: z.enum(fieldNames),
  id: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  /** The value as it should be, where the remark knows it. Never set for secrets. */
  suggestion: z.string().nullable(),
  facts: factsSchema,
})
export type Remark = z.infer<typeof remarkSchema>

export const inputSchema = z.object({
  email: z.string(),
  /** ASCII form of the domain; null when the address is none. */
  domain: z.string().nullable(),
  registrableDomain: z.string().nullable(),
  userName: z.string(),
  tenantId: z.string(),
  clientId: z.string(),
  cloud: z.enum(cloudNames),
  /** Login service that was typed in place of the cloud's. */
  authority: z.string().optional(),
  auth: z.enum(authOrders),
  passwordFallback: z.boolean(),
  ewsVersion: z.enum(['auto', ...ewsVersions]).nullable(),
  ewsUrl: z.string(),
  ewsUrlOrigin: z.enum(urlOrigins),
  hasPassword: z.boolean(),
  hasClientSecret: z.boolean(),
  hasClientCertificate: z.boolean().optional(),
  clientSecretLooksLikeId: z.boolean(),
  /** Non-ASCII in user name or password (matters for Basic). */
  credentialsNonAscii: z.boolean(),
  /** Another form of the user name, and another mailbox, that the person wants tried where the first ones are refused. */
  secondUserName: z.string().optional(),
  secondMailbox: z.string().optional(),
  trustedHosts: z.array(z.string()),
  proxy: z.boolean(),
  /** Thumbprint that the admin expects: upper-case hex with colons, 32 bytes (SHA-256) or 20 (SHA-1). */
  expectedThumbprint: z.string().nullable().optional(),
  /** The admin says that the mailbox opens in a browser on the same machine. */
  worksInBrowser: z.boolean().optional(),
  remarks: z.array(remarkSchema),
})
export type Input = z.infer<typeof inputSchema>

export const serverSchema = z.object({ product: z.string(), build: z.string() })
export type ServerFacts = z.infer<typeof serverSchema>

/** The two buttons, and the checks of the guide to the app registration. */
export const commands = ['locate', 'test', 'registration'] as const

export const evidenceSchema = z.object({
  schema: z.literal(evidenceSchemaVersion),
  product: z.object({ name: z.literal('ews-setup'), version: z.string() }),
  platform: z.object({ system: z.string(), node: z.string() }),
  command: z.enum(commands),
  /** ISO 8601 with time zone Z. */
  startedAt: z.string(),
  ms: z.number(),
  input: inputSchema,
  steps: z.array(stepSchema),
  outcome: z.enum(['works', 'fails', 'budget-spent', 'cancelled']),
  ewsUrl: z.string().nullable(),
  source: z.enum(discoverySources).nullable(),
  auth: z.enum(loginSchemes).nullable(),
  /** The interface version that worked. */
  ewsVersion: z.enum(ewsVersions).nullable(),
  server: serverSchema.nullable(),
})
export type Evidence = z.infer<typeof evidenceSchema>
