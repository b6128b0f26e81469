/**
 * Evidence: what a run observed, as plain data. It is redacted as it is created (no secret, no token, headers by allow-list),
 * carries no language, and is enough for `findings` to judge it again on another machine.
 */
import { z } from 'zod'
import { authOrders, discoverySources, urlOrigins } from '../settings/settings.ts'
import { cloudNames } from '../settings/clouds.ts'
import { ewsVersions } from '../settings/ewsVersions.ts'

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

/** One DNS question. `address` is the operating system's lookup (hosts file included); the others ask a resolver. */
export const dnsObservation = z.object({
  kind: z.literal('dns'),
  name: z.string(),
  type: z.enum(['address', 'A', 'AAAA', 'CNAME', 'MX', 'SRV', 'TXT']),
  result: z.enum([
    'records',
    'no-such-name',
    'no-records',
    'timed-out',
    'refused',
    'server-failure',
    'failed',
    'cancelled',
  ]),
  /** As text: addresses; `preference host` for MX; `priority weight port target` for SRV. */
  records: z.array(z.string()),
  /** The resolver asked, where it was chosen. */
  resolver: z.string().nullable(),
  code: z.string().nullable(),
  ms: z.number(),
})

/** One attempt to open a TCP connection. */
export const connectionObservation = z.object({
  kind: z.literal('connection'),
  host: z.string(),
  port: z.number(),
  via: z.enum(['direct', 'connect-to', 'proxy']),
  /** Address that was tried; null when none could be found. */
  address: z.string().nullable(),
  family: z.union([z.literal(4), z.literal(6)]).nullable(),
  result: z.enum([
    'open',
    'refused',
    'timed-out',
    'unreachable',
    'reset',
    'no-address',
    'proxy-unreachable',
    'proxy-login-required',
    'proxy-refused',
    'failed',
    'cancelled',
  ]),
  /** The platform's code, such as ECONNREFUSED; the proxy's status for proxy results. */
  code: z.string().nullable(),
  ms: z.number(),
})

export const certificateSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** DNS names and IP addresses of the subject alternative name. */
  names: z.array(z.string()),
  /** ISO 8601. */
  validFrom: z.string(),
  validTo: z.string(),
  /** Upper-case hex with colons. */
  sha256: z.string(),
  /** What IIS and the Exchange shell call the thumbprint; not in evidence of older versions. */
  sha1: z.string().optional(),
})
export type Certificate = z.infer<typeof certificateSchema>

/** One TLS handshake. Anything but `trusted` ended the connection before a byte of HTTP was sent. */
export const tlsObservation = z.object({
  kind: z.literal('tls'),
  host: z.string(),
  port: z.number(),
  result: z.enum([
    'trusted',
    'expired',
    'not-yet-valid',
    'name-mismatch',
    'issuer-unknown',
    'revoked',
    'reset',
    'timed-out',
    'failed',
    'cancelled',
  ]),
  code: z.string().nullable(),
  protocol: z.string().nullable(),
  cipher: z.string().nullable(),
  /** Leaf first; empty when the server sent none. */
  chain: z.array(certificateSchema),
  /** Whose root ends a trusted chain: one of the public programme, the platform's own, or one the admin named for this run. */
  anchor: z.enum(['public', 'system', 'named']).nullable().optional(),
  ms: z.number(),
})

/** One challenge of `WWW-Authenticate` or `Proxy-Authenticate`. NTLM and Negotiate tokens are not kept. */
export const challengeSchema = z.object({
  scheme: z.string(),
  parameters: z.record(z.string(), z.string()),
  /** True when a token68 followed the scheme. */
  token: z.boolean(),
})
export type Challenge = z.infer<typeof challengeSchema>

/** Whether an answer shows that Exchange gave it: a header of its own, `request-id` alone, or nothing of the kind. */
export const exchangeMarks = ['shown', 'half', 'none'] as const

export const credentialKinds = [
  'none',
  'bearer-empty',
  'bearer',
  'basic',
  'ntlm',
  'negotiate',
  'client-secret',
  'client-assertion',
] as const
export type CredentialKind = (typeof credentialKinds)[number]

/** One HTTP request and its answer, or why there was none. */
export const httpObservation = z.object({
  kind: z.literal('http'),
  method: z.string(),
  url: z.string(),
  /** What was sent along, never its value. */
  credentials: z.enum(credentialKinds),
  result: z.enum([
    'answer',
    /** No connection; the connection and tls observations of the step say why. */
    'not-connected',
    /** Connected, the request was sent, and no byte of an answer came within the limit. */
    'silent',
    /** The answer began and did not end within the limit. */
    'stalled',
    'dropped',
    'too-large',
    'not-http',
    'cancelled',
  ]),
  code: z.string().nullable(),
  status: z.number().nullable(),
  /** Lower-case names, allow-list only. */
  headers: z.record(z.string(), z.string()),
  challenges: z.array(challengeSchema),
  exchange: z.enum(exchangeMarks),
  body: z.object({
    kind: z.enum(['none', 'xml', 'json', 'html', 'text', 'binary']),
    bytes: z.number(),
    /** The beginning of a body that is neither XML nor JSON. */
    head: z.string().nullable(),
    /** Why a body was not read as XML: entities, depth, size … */
    unsafe: z.string().nullable(),
  }),
  /** The server's clock minus ours, in ms, measured at the middle of the request; null without a `Date`. */
  clockSkewMs: z.number().nullable(),
  ms: z.number(),
})

/** What one Autodiscover source said, after parsing. */
export const autodiscoverObservation = z.object({
  kind: z.literal('autodiscover'),
  source: z.enum(discoverySources),
  host: z.string(),
  url: z.string().nullable(),
  address: z.string(),
  result: z.enum([
    'url',
    'no-url',
    'redirect-address',
    'redirect-url',
    'error',
    'needs-login',
    'not-autodiscover',
    'unreadable',
    'unsafe',
    'no-answer',
    'loop',
  ]),
  ewsUrl: z.string().nullable(),
  /** The protocol node or setting that named the URL, such as EXPR or ExternalEwsUrl. */
  node: z.string().nullable(),
  redirect: z.string().nullable(),
  errorCode: z.string().nullable(),
  errorLevel: z.enum(['response', 'user', 'setting']).nullable(),
  message: z.string().nullable(),
})

/** Why a host may, or may not, receive credentials. */
export const trustObservation = z.object({
  kind: z.literal('trust'),
  host: z.string(),
  /** Where the host was named: the URL or record that pointed there. */
  namedBy: z.string(),
  decision: z.enum(['trusted', 'declined', 'no-consent', 'insecure']),
  basis: z.enum(['mail-domain', 'cloud', 'typed', 'proven', 'autodiscover', 'consent']).nullable(),
})

/** A token request of OAuth 2.0. */
export const tokenObservation = z.object({
  kind: z.literal('token'),
  /** What was offered for a token; null: a pasted answer, which does not tell. Absent: a run, and runs offer a client secret. */
  grant: z.enum(['client-credentials', 'password']).nullable().optional(),
  authorityHost: z.string(),
  tenant: z.string(),
  clientId: z.string(),
  scope: z.string(),
  /** Kept from an earlier run of this program, in memory. */
  fromMemory: z.literal(true).optional(),
  /** A certificate proved the application instead of a secret. */
  withCertificate: z.literal(true).optional(),
  result: z.enum(['issued', 'refused', 'not-entra', 'no-answer', 'redirected', 'cancelled', 'failed']),
  status: z.number().nullable(),
  /** `error` of the answer. */
  error: z.string().nullable(),
  /** `error_codes`, main one first. */
  errorCodes: z.array(z.number()),
  subError: z.string().nullable(),
  /** Server text, verbatim but cut. */
  description: z.string().nullable(),
  correlationId: z.string().nullable(),
  traceId: z.string().nullable(),
  timestamp: z.string().nullable(),
  /** Decoded claims of the token; its signature is not checked and the token itself is never kept. */
  claims: z
    .object({
      aud: z.string().nullable(),
      iss: z.string().nullable(),
      tid: z.string().nullable(),
      appid: z.string().nullable(),
      roles: z.array(z.string()),
      scp: z.string().nullable(),
      idtyp: z.string().nullable(),
      /** Seconds since 1970. */
      nbf: z.number().nullable(),
      exp: z.number().nullable(),
    })
    .nullable(),
})

/** Which tenant Entra names for a domain, asked anonymously at the openid-configuration. */
export const tenantObservation = z.object({
  kind: z.literal('tenant'),
  authorityHost: z.string(),
  asked: z.string(),
  result: z.enum(['found', 'not-found', 'no-answer']),
  tenantId: z.string().nullable(),
})

/** Service connection points, read from a directory over LDAP. */
export const directoryObservation = z.object({
  kind: z.literal('directory'),
  url: z.string(),
  tls: z.enum(['ldaps', 'starttls']),
  /** With a password that was given, or with the Kerberos ticket of the login session. */
  login: z.enum(['password', 'ticket']).default('password'),
  result: z.enum([
    'read',
    'not-connected',
    'no-tls',
    'refused',
    'failed',
    'cancelled',
    /** With a ticket: there is none for this host, or no means to use one, so nobody was connected. */
    'no-ticket',
    'unavailable',
    /** The server takes no tickets. */
    'no-gssapi',
    /** It demands channel binding, or protection of its own inside TLS. */
    'channel-binding',
    'layer',
    /** It could not prove its identity. */
    'unproved',
  ]),
  /** LDAP's result code, behind a slash Active Directory's own number; or a word of the platform. */
  code: z.string().nullable(),
  /** Autodiscover URLs, best first. */
  urls: z.array(z.string()),
  /** Host of another forest that is responsible for the mail domain. */
  pointer: z.string().nullable(),
  ms: z.number(),
})

export const loginSchemes = ['oauth', 'negotiate', 'ntlm', 'basic'] as const
export type LoginScheme = (typeof loginSchemes)[number]

/** One login with credentials at one URL, or why none was made. */
export const loginObservation = z.object({
  kind: z.literal('login'),
  url: z.string(),
  scheme: z.enum(loginSchemes),
  result: z.enum([
    'accepted',
    'refused',
    /** The server does not offer this scheme. */
    'not-offered',
    /** This machine cannot do it. */
    'unavailable',
    /** Our own rules kept the credentials back; `reason` says which. */
    'withheld',
    'no-answer',
    'cancelled',
  ]),
  reason: z
    .enum([
      'no-credentials',
      'not-exchange',
      'host-not-trusted',
      'budget-spent',
      'insecure',
      'cloud-has-no-passwords',
      'fallback-off',
      'token-refused',
    ])
    .nullable(),
  /** The user name that was sent; absent: a token, or evidence that does not tell. */
  user: z.string().optional(),
  /** Schemes of the challenge, lower case. */
  offered: z.array(z.string()),
  /** The ticket of the login session logged in, or tried to; no password was judged. */
  session: z.literal(true).optional(),
  /** Whose ticket, where the platform says. */
  principal: z.string().optional(),
  /** NTLM and Negotiate: whether all legs were exchanged on one connection. */
  handshake: z.enum(['complete', 'broken']).nullable(),
  exchange: z.enum(exchangeMarks),
  status: z.number().nullable(),
  /** `x-ms-diagnostics` code, when the refusal carried one. */
  diagnostics: z.string().nullable(),
})

export const serverVersionSchema = z.object({
  major: z.number(),
  minor: z.number(),
  build: z.number(),
  revision: z.number(),
  /** Schema name, such as V2017_07_11. */
  schema: z.string().nullable(),
})

/** One EWS operation. */
export const soapObservation = z.object({
  kind: z.literal('soap'),
  url: z.string(),
  operation: z.enum(['ConvertId', 'GetFolder']),
  /** The version that was asked for; null where only the answer is known. */
  version: z.enum(ewsVersions).nullable(),
  scheme: z.enum(loginSchemes),
  impersonated: z.boolean(),
  /** The mailbox that the call was about, `User-Agent` as sent, whether `X-AnchorMailbox` was sent; absent: not told. */
  mailbox: z.string().optional(),
  userAgent: z.string().optional(),
  anchored: z.boolean().optional(),
  result: z.enum(['success', 'error', 'fault', 'http-error', 'not-soap', 'no-answer', 'cancelled']),
  status: z.number().nullable(),
  /** EWS response code, such as ErrorNonExistentMailbox. */
  responseCode: z.string().nullable(),
  /** Server text, verbatim but cut. */
  message: z.string().nullable(),
  server: serverVersionSchema.nullable(),
  backOffMs: z.number().nullable(),
  /** The primary address that ErrorNonPrimarySmtpAddress delivers, and the like. */
  value: z.string().nullable(),
})

/** An anonymous request to the EWS URL: does Exchange's web service answer there at all? */
export const endpointObservation = z.object({
  kind: z.literal('endpoint'),
  url: z.string(),
  /** `wants-login`: 401 of a server that shows Exchange, or Windows authentication at a URL that a person typed. */
  result: z.enum([
    'wants-login',
    'open',
    'foreign-login',
    'not-ews',
    'forms-login',
    'redirect',
    'forbidden',
    'server-error',
    'no-answer',
  ]),
  status: z.number().nullable(),
  offered: z.array(z.string()),
  exchange: z.enum(exchangeMarks),
  location: z.string().nullable(),
})

/** The way of connections that is not in force, tried once without any credentials, after no connection came about on the other. */
export const pathObservation = z.object({
  kind: z.literal('path'),
  host: z.string(),
  port: z.number(),
  inForce: z.enum(['direct', 'proxy']),
  tried: z.enum(['direct', 'proxy']),
  /** Who names the proxy of the two. */
  proxyFrom: z.enum(['settings', 'environment', 'system']),
  /** Host and port of that proxy. */
  proxy: z.string(),
  /** `open`: connected, and the certificate is trusted. */
  result: z.enum(['open', 'failed', 'cancelled']),
  code: z.string().nullable(),
  ms: z.number(),
})

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
