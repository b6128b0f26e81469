/** Observations of the search: what sources said, and which hosts may receive credentials. */
import { z } from 'zod'
import { discoverySources } from '../settings/settings.ts'

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
