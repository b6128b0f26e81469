/** Options of `locate` and `test`, read into a run's request. Whatever cannot be understood is a usage error before anything is sent. */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { addLoginOptions, loginSettings, readCertificate, secretsGiven, type LoginFlags } from './loginOptions.ts'
import { UsageError } from './usage.ts'
import type { CliTexts } from './words.ts'
import type { RunRequest } from '../core/connector.ts'
import { errorCode } from '../core/errorCode.ts'
import { limits } from '../core/limits.ts'
import { parseConnectTo, parseProxy, parseResolver } from '../core/network/plan.ts'
import { cloudNames } from '../core/settings/clouds.ts'
import { parseMailAddress } from '../core/settings/mailDomain.ts'
import { ewsVersions } from '../core/settings/ewsVersions.ts'
import { parseThumbprint } from '../core/settings/thumbprint.ts'
import { authOrders, defaultSettings, type Settings } from '../core/settings/settings.ts'
import type { Profile } from '../host/settingsSchema.ts'

/** As commander gives them. */
export type RunFlags = {
  profile?: string
  email?: string
  url?: string
  user?: string
  tenant?: string
  clientId?: string
  passwordStdin?: boolean
  clientSecretStdin?: boolean
  secondUser?: string
  secondMailbox?: string
  ewsVersion?: string
  auth?: string
  /** commander's reading of `--no-fallback`. */
  fallback?: boolean
  cloud?: string
  trustHost?: string[]
  cacert?: string
  connectTo?: string[]
  dns?: string
  proxy?: string
  /** `--no-proxy`, by the name it has inside. */
  proxyExceptions?: string
  expectThumbprint?: string
  worksInBrowser?: boolean
  timeout?: string
} & LoginFlags

/** For an option that may be given several times. */
export const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value]

export function addRunOptions(command: Command, texts: CliTexts): Command {
  const { options } = texts
  const common = command
    .option('--profile <name>', options.profile)
    .option('--email <address>', options.email)
    .option('--url <url>', options.url)
    .option('--user <name>', options.user)
    .option('--tenant <id>', options.tenant)
    .option('--client-id <id>', options.clientId)
    .option('--password-stdin', options.passwordStdin)
    .option('--client-secret-stdin', options.clientSecretStdin)
    .option('--ews-version <version>', options.ewsVersion)
    .option('--auth <scheme>', options.auth)
    .option('--no-fallback', options.noFallback)
    .option('--cloud <name>', options.cloud)
    .option('--trust-host <host>', options.trustHost, collect)
    .option('--cacert <file>', options.cacert)
    .option('--connect-to <mapping>', options.connectTo, collect)
    .option('--dns <address>', options.dns)
    .option('--proxy <url>', options.proxy)
    .option('--expect-thumbprint <sha256>', options.expectThumbprint)
    .option('--works-in-browser', options.worksInBrowser)
    .option('--timeout <seconds>', options.timeout)
  return addLoginOptions(common, texts)
}

/** What is tried besides, because it is asked for: only where something logs in. */
export function addSecondOptions(command: Command, { options }: CliTexts): Command {
  return command
    .option('--second-user <name>', options.secondUser)
    .option('--second-mailbox <address>', options.secondMailbox)
}

/** The request, with secrets from standard input, the environment or the profile, in this order. */
export async function readRequest(
  flags: RunFlags,
  argument: string | undefined,
  command: string,
  environment: Readonly<Record<string, string | undefined>>,
  { needsEmail = true }: { needsEmail?: boolean } = {},
): Promise<RunRequest> {
  if (argument !== undefined && flags.email !== undefined && argument !== flags.email)
    throw new UsageError('emailTwice')
  const stored = flags.profile === undefined ? null : await storedRequest(flags.profile)
  const given = argument === undefined ? flags : { ...flags, email: argument }
  const settings = withFlags(stored?.settings ?? defaultSettings(), given)
  if (needsEmail && settings.email === '') throw new UsageError('missingEmail', { command })
  const secrets = { ...stored?.secrets, ...(await secretsGiven(flags, environment)) }
  return {
    settings,
    secrets: { ...secrets, clientCertificate: await readCertificate(settings, secrets) },
    second: {
      userName: flags.secondUser,
      mailbox: flags.secondMailbox === undefined ? undefined : mailbox(flags.secondMailbox),
    },
  }
}

/** Settings with the options over them. A URL that is an option was typed. */
export function withFlags(base: Settings, flags: RunFlags): Settings {
  return {
    ...base,
    email: flags.email ?? base.email,
    userName: flags.user ?? base.userName,
    tenantId: flags.tenant ?? base.tenantId,
    clientId: flags.clientId ?? base.clientId,
    cloud: flags.cloud === undefined ? base.cloud : choice('--cloud', flags.cloud, cloudNames),
    auth: flags.auth === undefined ? base.auth : choice('--auth', flags.auth, authOrders),
    passwordFallback: flags.fallback === false ? false : base.passwordFallback,
    ewsVersion:
      flags.ewsVersion === undefined
        ? base.ewsVersion
        : choice('--ews-version', flags.ewsVersion, ['auto', ...ewsVersions]),
    ...loginSettings(flags, base),
    ...(flags.url === undefined ? {} : { ewsUrl: flags.url, ewsUrlOrigin: 'typed' as const, ewsUrlSource: null }),
    network: {
      ...base.network,
      trustedHosts: [...new Set([...base.network.trustedHosts, ...(flags.trustHost ?? []).map(hostName)])],
      ...(flags.cacert === undefined ? {} : { extraCa: readCa(flags.cacert) }),
      connectTo: [...new Set([...(flags.connectTo ?? []).map(mapping), ...base.network.connectTo])],
      ...(flags.dns === undefined ? {} : { dns: resolver(flags.dns) }),
      ...(flags.proxy === undefined ? {} : { proxy: proxy(flags.proxy) }),
      ...(flags.proxyUser === undefined ? {} : { proxyUser: flags.proxyUser }),
      ...(flags.proxyExceptions === undefined ? {} : { noProxy: flags.proxyExceptions }),
      ...(flags.expectThumbprint === undefined ? {} : { expectThumbprint: thumbprint(flags.expectThumbprint) }),
      ...(flags.worksInBrowser === true ? { worksInBrowser: true } : {}),
      ...(flags.timeout === undefined ? {} : { timeoutMs: timeout(flags.timeout) }),
    },
  }
}

/** A stored configuration, without its secrets. */
export async function storedProfile(name: string): Promise<Profile> {
  // Only a profile needs it, and the settings' engine costs every start a tenth of a second.
  const { openState } = await import('./state.ts')
  return openState().profile(name)
}

/** A stored profile as a request. */
async function storedRequest(name: string): Promise<RunRequest> {
  const { openState, savedSecrets } = await import('./state.ts')
  const state = openState()
  const profile = state.profile(name)
  return { settings: profile.settings, secrets: await savedSecrets(state.secretStore, name, profile) }
}

/** The choice that a value names, whatever its case. */
export function choice<const T extends readonly string[]>(option: string, value: string, choices: T): T[number] {
  const found = choices.find((known) => known.toLowerCase() === value.toLowerCase())
  if (found === undefined) throw new UsageError('badChoice', { option, value, choices: choices.join(', ') })
  return found
}

function hostName(value: string): string {
  const host = value.trim().toLowerCase().replace(/\.$/, '')
  if (!/^[a-z0-9._:[\]-]+$/.test(host) || host.includes('/')) throw new UsageError('badTrustHost', { value })
  return host
}

function mailbox(value: string): string {
  if (parseMailAddress(value, { domainAlone: false }) === null) throw new UsageError('badSecondMailbox', { value })
  return value
}

function mapping(value: string): string {
  if (parseConnectTo(value) === null) throw new UsageError('badConnectTo', { value })
  return value
}

function resolver(value: string): string {
  if (parseResolver(value) === null) throw new UsageError('badDns', { value })
  return value
}

function proxy(value: string): string {
  const parsed = value === 'none' ? undefined : parseProxy(value)
  if (parsed === null) throw new UsageError('badProxy')
  // A secret is never an argument: other programs on this machine can read those.
  if (parsed !== undefined && parsed.password !== '') throw new UsageError('proxyPasswordInUrl')
  return value
}

function thumbprint(value: string): string {
  const parsed = parseThumbprint(value)
  if (parsed === null) throw new UsageError('badThumbprint')
  return parsed
}

function timeout(value: string): number {
  const ms = Number(value) * 1_000
  const bounds = { least: limits.shortestRunMs / 1_000, most: limits.longestRunMs / 1_000 }
  if (!Number.isFinite(ms) || ms < limits.shortestRunMs || ms > limits.longestRunMs)
    throw new UsageError('badTimeout', bounds)
  return Math.round(ms)
}

/** PEM text of a CA file; a file without a readable certificate would silently trust nothing more. */
export function readCa(file: string): string {
  let pem: string
  try {
    pem = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError('caUnreadable', {
      file,
      code: errorCode(error) ?? '',
    })
  }
  try {
    new X509Certificate(pem)
  } catch {
    throw new UsageError('caEmpty', { file })
  }
  return pem
}
