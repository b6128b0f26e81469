/** What is checked when many are checked at once: each stored profile, or each mailbox of a list. */
import type { RunRequest, Secrets } from '../../core/connector.ts'
import { hostOf, parseUrl } from '../../core/network/url.ts'
import { checkEwsUrl } from '../../core/settings/checks.ts'
import { cloudEwsUrl, clouds } from '../../core/settings/clouds.ts'
import { parseMailAddress } from '../../core/settings/mailDomain.ts'
import { defaultSettings, type SecretKind, type Settings } from '../../core/settings/settings.ts'
import { clientCertificateOf } from '../clientCertificateFile.ts'
import type { SettingsContent } from '../settingsSchema.ts'
import { normalUrl } from '../urlOrigins.ts'
import type { MailboxRow } from '../transfer/mailboxCsv.ts'

export type BatchJob = {
  /** Stays the same from one check of a list to the next. */
  id: string
  /** Address of the mailbox, or what stands there instead. */
  mailbox: string
  /** Name of the stored profile; null: none. */
  profile: string | null
  /** Null: the profile that a list names is not there. */
  settings: Settings | null
  has: ReadonlySet<SecretKind>
  /** Secrets are fetched when the run is due, so that not all are in memory at once. */
  secrets: () => Promise<Secrets>
}

/** Where the runs of a job go first: at most a few at a time for each. */
export function hostOfJob({ settings, mailbox }: BatchJob): string {
  if (settings === null) return ''
  const url = parseUrl(checkEwsUrl(settings.ewsUrl).value)
  if (url !== null) return hostOf(url)
  const domain = parseMailAddress(settings.email, { domainAlone: true })?.registrableDomain ?? mailbox.toLowerCase()
  // Without an own address in DNS nobody knows before the search; with OAuth it is most often the cloud.
  return settings.tenantId !== '' && settings.clientId !== ''
    ? hostOf(new URL(cloudEwsUrl(clouds[settings.cloud])))
    : domain
}

/**
 * Names under which the same login would be counted as a failure. A user principal name is one account everywhere; `DOMAIN\user` and
 * bare names may belong to different customers, so they count for their mail domain and for their server.
 */
export function accountsOf(job: BatchJob): string[] {
  const { settings, has } = job
  if (settings === null || !has.has('password') || settings.auth === 'oauth') return []
  const account = (settings.userName.trim() === '' ? settings.email : settings.userName).trim().toLowerCase()
  if (account.includes('@')) return [`account:${account}`]
  const domain = parseMailAddress(settings.email, { domainAlone: true })?.registrableDomain ?? ''
  return [`account:${account}@domain:${domain}`, `account:${account}@host:${hostOfJob(job)}`]
}

/** The application whose secret a job uses; null for none. */
export function applicationOf({ settings, has }: BatchJob): string | null {
  if (settings === null || !has.has('clientSecret') || settings.tenantId === '' || settings.clientId === '') return null
  if (settings.auth !== 'auto' && settings.auth !== 'oauth') return null
  return `application:${settings.cloud}/${settings.tenantId.trim()}/${settings.clientId.trim()}`.toLowerCase()
}

type Sources = {
  content: SettingsContent
  /** Secrets of a stored profile. */
  savedSecrets: (name: string) => Promise<Secrets>
  /** Kinds that a stored profile has. */
  savedKinds: (name: string) => readonly SecretKind[]
  /** Options of the call, over what is stored or listed. */
  over: (settings: Settings) => Settings
  /** Secrets of the call, over those that are stored. */
  given: Secrets
}

export function jobsOfProfiles(names: readonly string[], o: Sources): BatchJob[] {
  return names.flatMap((name) => {
    const profile = o.content.profiles[name]
    if (profile === undefined) return []
    const settings = o.over(profile.settings)
    const mailbox = settings.email === '' ? name : settings.email
    return [{ id: `profile:${name}`, mailbox, profile: name, settings, ...secretsOf(name, o) }]
  })
}

export function jobsOfMailboxes(rows: readonly MailboxRow[], o: Sources): BatchJob[] {
  return rows.map(({ line, profile, settings: listed }) => {
    const stored = Object.hasOwn(o.content.profiles, profile) ? o.content.profiles[profile] : undefined
    const isMissing = profile !== '' && stored === undefined
    const base = stored?.settings ?? defaultSettings()
    const { ewsUrl } = listed
    // A list is a file: its URL is a hint, unless this machine knows it already.
    const isKnown = ewsUrl !== undefined && base.ewsUrl !== '' && normalUrl(ewsUrl) === normalUrl(base.ewsUrl)
    const origin = ewsUrl === undefined || isKnown ? {} : { ewsUrlOrigin: 'imported' as const, ewsUrlSource: null }
    const settings = isMissing ? null : o.over({ ...base, ...listed, ...origin })
    const mailbox = settings?.email ?? listed.email ?? profile
    const name = stored === undefined ? null : profile
    return {
      id: `line ${line}:${mailbox}`,
      mailbox,
      profile: profile === '' ? null : profile,
      settings,
      ...secretsOf(name, o),
    }
  })
}

function secretsOf(name: string | null, o: Sources): Pick<BatchJob, 'has' | 'secrets'> {
  const given = Object.entries(o.given).filter(([, secret]) => secret !== undefined)
  const givenKinds = given.map(([kind]) => kind as SecretKind)
  return {
    has: new Set([...(name === null ? [] : o.savedKinds(name)), ...givenKinds]),
    secrets: async () => ({ ...(name === null ? {} : await o.savedSecrets(name)), ...Object.fromEntries(given) }),
  }
}

/** Throws for a job without settings: checked before. */
export async function requestOf(job: BatchJob): Promise<RunRequest> {
  if (job.settings === null) throw new Error('a job without settings has no request')
  const secrets = await job.secrets()
  const clientCertificate = await clientCertificateOf(job.settings, secrets.certificatePassphrase)
  return { settings: job.settings, secrets: { ...secrets, clientCertificate } }
}
