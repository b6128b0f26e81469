/** Options about how the login is made: certificate, login service, directory, proxy login; and where each secret comes from. */
import type { Command } from 'commander'
import { UsageError } from './usage.ts'
import type { CliTexts } from './words.ts'
import type { ClientCertificateResult } from '../core/auth/clientCertificate.ts'
import { secretFrom, type Secret } from '../core/auth/secret.ts'
import type { Secrets } from '../core/connector.ts'
import { limits } from '../core/limits.ts'
import { parseAuthority } from '../core/settings/checks.ts'
import { parseLdapUrl } from '../core/settings/networkChecks.ts'
import { basicCharsets, secretKinds, type SecretKind, type Settings } from '../core/settings/settings.ts'
import { clientCertificateOf } from '../host/clientCertificateFile.ts'
import { secretVariables } from '../host/secretEnvironment.ts'

export type LoginFlags = {
  passwordStdin?: boolean
  clientSecretStdin?: boolean
  certificatePassphraseStdin?: boolean
  proxyPasswordStdin?: boolean
  ldapPasswordStdin?: boolean
  authority?: string
  clientCertificate?: string
  basicCharset?: string
  proxyUser?: string
  ldap?: string
  ldapUser?: string
  ldapSite?: string
}

export function addLoginOptions(command: Command, { options }: CliTexts): Command {
  return command
    .option('--authority <url>', options.authority)
    .option('--client-certificate <file>', options.clientCertificate)
    .option('--certificate-passphrase-stdin', options.certificatePassphraseStdin)
    .option('--basic-charset <name>', options.basicCharset)
    .option('--proxy-user <name>', options.proxyUser)
    .option('--proxy-password-stdin', options.proxyPasswordStdin)
    .option('--ldap <url>', options.ldap)
    .option('--ldap-user <name>', options.ldapUser)
    .option('--ldap-password-stdin', options.ldapPasswordStdin)
    .option('--ldap-site <name>', options.ldapSite)
}

/** What these options change in the settings; a client secret that is given beats a stored certificate, and the other way round. */
export function loginSettings(flags: LoginFlags, base: Settings): Partial<Settings> {
  return {
    ...(flags.authority === undefined ? {} : { authority: authority(flags.authority) }),
    ...(flags.clientCertificate === undefined
      ? flags.clientSecretStdin === true
        ? { clientCredential: 'secret' as const }
        : {}
      : { clientCertificate: flags.clientCertificate, clientCredential: 'certificate' as const }),
    ...(flags.basicCharset === undefined ? {} : { basicCharset: charset(flags.basicCharset) }),
    ...(flags.ldap === undefined ? {} : { ldapUrl: ldap(flags.ldap) }),
    ldapUser: flags.ldapUser ?? base.ldapUser,
    ldapSite: flags.ldapSite ?? base.ldapSite,
  }
}

function authority(value: string): string {
  const parsed = parseAuthority(value)
  if (parsed === null) throw new UsageError('badAuthority', { value })
  return parsed
}

function ldap(value: string): string {
  if (parseLdapUrl(value) === null) throw new UsageError('badLdap', { value })
  return value
}

function charset(value: string): Settings['basicCharset'] {
  const found = basicCharsets.find((known) => known === value.toLowerCase())
  if (found === undefined)
    throw new UsageError('badChoice', { option: '--basic-charset', value, choices: basicCharsets.join(', ') })
  return found
}

const stdinFlags: Readonly<Record<SecretKind, keyof LoginFlags>> = {
  password: 'passwordStdin',
  clientSecret: 'clientSecretStdin',
  certificatePassphrase: 'certificatePassphraseStdin',
  proxyPassword: 'proxyPasswordStdin',
  ldapPassword: 'ldapPasswordStdin',
}

/** Secrets of this call: from standard input, else from the environment. One that was piped in and is empty is none, not the saved one. */
export async function secretsGiven(
  flags: LoginFlags,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Secrets> {
  const piped = secretKinds.filter((kind) => flags[stdinFlags[kind]] === true)
  if (piped.length > 1) throw new UsageError('secretTwice')
  const input = piped.length === 0 ? undefined : await secretFromStandardInput()
  const secrets: Secrets = {}
  for (const kind of secretKinds) {
    const secret = piped.includes(kind) ? input : secretFrom(environment[secretVariables[kind]])
    if (secret !== undefined || piped.includes(kind)) secrets[kind] = secret
  }
  return secrets
}

/** The certificate of the settings; one whose file cannot be read is wrong usage, and nothing was sent. */
export async function readCertificate(
  settings: Settings,
  secrets: Secrets,
): Promise<ClientCertificateResult | undefined> {
  const read = await clientCertificateOf(settings, secrets.certificatePassphrase)
  if (read?.kind === 'failed' && read.fault === 'file')
    throw new UsageError('certificateUnreadable', { file: settings.clientCertificate })
  return read
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
