/** Observations of the network: names, connections, certificates, and HTTP exchanges. */
import { z } from 'zod'

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
