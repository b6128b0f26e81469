/** Options of `locate` and `test`, read into a run's request. Whatever cannot be understood is a usage error before anything is sent. */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { UsageError } from './usage.ts'
import type { CliTexts } from './words.ts'
import type { RunRequest, Secrets } from '../core/connector.ts'
import { secretFrom, type Secret } from '../core/auth/secret.ts'
import { errorCode } from '../core/errorCode.ts'
import { limits } from '../core/limits.ts'
import { parseConnectTo, parseProxy, parseResolver } from '../core/network/plan.ts'
import { cloudNames } from '../core/settings/clouds.ts'
import { ewsVersions } from '../core/settings/ewsVersions.ts'
import { parseThumbprint } from '../core/settings/thumbprint.ts'
import { authOrders, defaultSettings, secretKinds, type Settings } from '../core/settings/settings.ts'
import { secretVariables } from '../host/secretEnvironment.ts'

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
}

export function addRunOptions(command: Command, texts: CliTexts): Command {
  const { options } = texts
  const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value]
  return command
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
}

/** The request, with secrets from standard input, the environment or the profile, in this order. */
export async function readRequest(
  flags: RunFlags,
  argument: string | undefined,
  command: 'locate' | 'test',
  environment: Readonly<Record<string, string | undefined>>,
): Promise<RunRequest> {
  if (argument !== undefined && flags.email !== undefined && argument !== flags.email)
    throw new UsageError('emailTwice')
  const stored = flags.profile === undefined ? null : await storedRequest(flags.profile)
  const given = argument === undefined ? flags : { ...flags, email: argument }
  const settings = withFlags(stored?.settings ?? defaultSettings(), given)
  if (settings.email === '') throw new UsageError('missingEmail', { command })
  const secrets = await secretsGiven(flags, environment)
  return { settings, secrets: { ...stored?.secrets, ...secrets } }
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
    ...(flags.url === undefined ? {} : { ewsUrl: flags.url, ewsUrlOrigin: 'typed' as const, ewsUrlSource: null }),
    network: {
      ...base.network,
      trustedHosts: [...new Set([...base.network.trustedHosts, ...(flags.trustHost ?? []).map(hostName)])],
      ...(flags.cacert === undefined ? {} : { extraCa: readCa(flags.cacert) }),
      connectTo: [...new Set([...(flags.connectTo ?? []).map(mapping), ...base.network.connectTo])],
      ...(flags.dns === undefined ? {} : { dns: resolver(flags.dns) }),
      ...(flags.proxy === undefined ? {} : { proxy: proxy(flags.proxy) }),
      ...(flags.proxyExceptions === undefined ? {} : { noProxy: flags.proxyExceptions }),
      ...(flags.expectThumbprint === undefined ? {} : { expectThumbprint: thumbprint(flags.expectThumbprint) }),
      ...(flags.worksInBrowser === true ? { worksInBrowser: true } : {}),
      ...(flags.timeout === undefined ? {} : { timeoutMs: timeout(flags.timeout) }),
    },
  }
}

/** Secrets of this call: from standard input, else from the environment. */
export async function secretsGiven(
  flags: Pick<RunFlags, 'passwordStdin' | 'clientSecretStdin'>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Secrets> {
  const streams = { password: flags.passwordStdin === true, clientSecret: flags.clientSecretStdin === true }
  if (streams.password && streams.clientSecret) throw new UsageError('secretTwice')
  const piped = streams.password || streams.clientSecret ? await secretFromStandardInput() : undefined
  const secrets: Secrets = {}
  for (const kind of secretKinds) {
    const isPiped = kind in streams && streams[kind]
    const secret = isPiped ? piped : secretFrom(environment[secretVariables[kind]])
    // A secret that was piped in and is empty is none, not the saved one.
    if (secret !== undefined || isPiped) secrets[kind] = secret
  }
  return secrets
}

/** A stored profile as a request. */
async function storedRequest(name: string): Promise<RunRequest> {
  // Only a profile needs them, and the settings' engine costs every start a tenth of a second.
  const { openState, savedSecrets } = await import('./state.ts')
  const state = openState()
  const profile = state.profile(name)
  return { settings: profile.settings, secrets: await savedSecrets(state.secretStore, name, profile) }
}

function choice<const T extends readonly string[]>(option: string, value: string, choices: T): T[number] {
  const found = choices.find((known) => known.toLowerCase() === value.toLowerCase())
  if (found === undefined) throw new UsageError('badChoice', { option, value, choices: choices.join(', ') })
  return found
}

function hostName(value: string): string {
  const host = value.trim().toLowerCase().replace(/\.$/, '')
  if (!/^[a-z0-9._:[\]-]+$/.test(host) || host.includes('/')) throw new UsageError('badTrustHost', { value })
  return host
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
  if (parseProxy(value) === null) throw new UsageError('badProxy')
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

/** To the end, one trailing newline removed. */
export async function secretFromStandardInput(): Promise<Secret | undefined> {
  if (process.stdin.isTTY) throw new UsageError('stdinIsTerminal')
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of process.stdin) {
    const chunk = Buffer.from(part as Uint8Array)
    bytes += chunk.length
    if (bytes > limits.fieldCharacters) throw new UsageError('tooMuchInput')
    parts.push(chunk)
  }
  return secretFrom(
    Buffer.concat(parts)
      .toString('utf8')
      .replace(/\r?\n$/, ''),
  )
}
