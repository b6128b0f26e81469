/** What an admin configures: the schema of one profile, its defaults, and nothing secret. */
import { z } from 'zod'
import { defaultCompanySalutations } from '../addresses/mapping.ts'
import { limits } from '../limits.ts'
import { cloudNames } from './clouds.ts'
import { ewsVersions } from './ewsVersions.ts'

const text = z.string().max(limits.fieldCharacters)

export const authOrders = ['auto', 'oauth', 'negotiate', 'ntlm', 'basic'] as const
export type AuthOrder = (typeof authOrders)[number]

export const basicCharsets = ['utf-8', 'latin-1'] as const
export type BasicCharset = (typeof basicCharsets)[number]

export const clientCredentials = ['secret', 'certificate'] as const

/** How the EWS URL came to be in the field. `typed` and `proven` allow credentials to its host; `imported` does not. */
export const urlOrigins = ['none', 'typed', 'found', 'proven', 'imported'] as const

export const discoverySources = ['pox', 'soap', 'json', 'srv', 'redirect', 'scp', 'cloud', 'manual'] as const
export type DiscoverySource = (typeof discoverySources)[number]

export const networkOptionsSchema = z.object({
  /** Proxy URL; empty: the environment decides. */
  proxy: text.default(''),
  noProxy: text.default(''),
  /** User name at the proxy, where its URL has none; the password is a secret. */
  proxyUser: text.default(''),
  /** PEM text of additional trusted CAs. */
  extraCa: z.string().max(1_000_000).default(''),
  /** `HOST:PORT:ADDR:PORT` as in curl. */
  connectTo: z.array(text).max(200).default([]),
  /** `ADDR[:PORT]` of the resolver for every lookup; empty: the system's. */
  dns: text.default(''),
  /** Hosts outside the mail domain that may receive credentials, by consent. */
  trustedHosts: z.array(text).max(200).default([]),
  /** SHA-256 (or, as IIS shows it, SHA-1) thumbprint that the EWS host's certificate has to have; empty: any. */
  expectThumbprint: text.default(''),
  /** The admin says that the mailbox opens in a browser on this machine. */
  worksInBrowser: z.boolean().default(false),
  timeoutMs: z.number().int().min(limits.shortestRunMs).max(limits.longestRunMs).default(limits.runMs),
})
export type NetworkOptions = z.infer<typeof networkOptionsSchema>

/** Rows A1 to A9, without the secrets. Values are kept as typed; `checks.ts` judges and cleans them. */
export const settingsSchema = z.object({
  email: text.default(''),
  userName: text.default(''),
  tenantId: text.default(''),
  clientId: text.default(''),
  cloud: z.enum(cloudNames).default('global'),
  /** Login service instead of the cloud's own, `https://HOST[:PORT]`; empty: the cloud's. */
  authority: text.default(''),
  /** What proves the application: the client secret, or a certificate. */
  clientCredential: z.enum(clientCredentials).default('secret'),
  /** Path of the certificate with its private key, PEM or PFX. Never the key itself. */
  clientCertificate: text.default(''),
  auth: z.enum(authOrders).default('auto'),
  /** Row A4: user name and password when OAuth does not work. */
  passwordFallback: z.boolean().default(true),
  /** How Basic writes user name and password. Latin-1 is a second form that only a person chooses: each press sends one form. */
  basicCharset: z.enum(basicCharsets).default('utf-8'),
  /** Row A5. null: none chosen, which the connection test says. */
  ewsVersion: z
    .enum(['auto', ...ewsVersions])
    .nullable()
    .default('auto'),
  ewsUrl: text.default(''),
  ewsUrlOrigin: z.enum(urlOrigins).default('none'),
  /** Which way of Autodiscover gave the URL, for the line under the field. */
  ewsUrlSource: z.enum(discoverySources).nullable().default(null),
  /** LDAP server whose service connection points are read, `ldaps://HOST[:PORT]` or `ldap://…` (StartTLS); empty: none. */
  ldapUrl: text.default(''),
  /** Who reads them: UPN, `DOMAIN\\user` or a distinguished name. */
  ldapUser: text.default(''),
  /** Active Directory site of this machine, whose service connection points come first. */
  ldapSite: text.default(''),
  /** Day on which the client secret ends, `YYYY-MM-DD`, as typed by the admin; empty: unknown. */
  clientSecretExpires: z
    .string()
    .regex(/^(\d{4}-\d{2}-\d{2})?$/)
    .default(''),
  /** Row A10: id of the address that fills what Exchange does not know; empty: none. */
  templateAddressId: z.uuid().or(z.literal('')).default(''),
  /** Row A11: salutations that make an address a company. */
  companySalutations: z
    .array(text)
    .max(50)
    .default(() => [...defaultCompanySalutations]),
  /** Where contacts are written to; empty id: the mailbox's own Contacts. */
  contactFolder: z.object({ id: z.string().max(1_000), name: text }).default({ id: '', name: '' }),
  network: networkOptionsSchema.prefault({}),
})
export type Settings = z.infer<typeof settingsSchema>

export function defaultSettings(): Settings {
  return settingsSchema.parse({})
}

export const secretKinds = [
  'password',
  'clientSecret',
  'certificatePassphrase',
  'proxyPassword',
  'ldapPassword',
] as const
export type SecretKind = (typeof secretKinds)[number]

/** `savedAt`: ISO 8601 with time zone Z. */
const savedSchema = z.object({ savedAt: z.string() })

/** When each secret was put into its store; never the secret. */
export const savedSecretsSchema = z
  .looseObject({
    password: savedSchema.optional(),
    clientSecret: savedSchema.optional(),
    certificatePassphrase: savedSchema.optional(),
    proxyPassword: savedSchema.optional(),
    ldapPassword: savedSchema.optional(),
  } satisfies Record<SecretKind, unknown>)
  .prefault({})
