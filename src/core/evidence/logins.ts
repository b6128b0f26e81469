/** Observations of logins: tokens, EWS endpoints, and what they answered. */
import { z } from 'zod'
import { ewsVersions } from '../settings/ewsVersions.ts'
import { exchangeMarks } from './network.ts'

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
