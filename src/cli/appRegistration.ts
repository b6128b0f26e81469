/** `ews-setup app-registration`: prints the script that registers the application, with the real values. Sends nothing. */
import { writeFileSync } from 'node:fs'
import type { Language } from '../contract/contract.ts'
import { errorCode } from '../core/errorCode.ts'
import { permissionModels, scriptsOf, type PermissionModel } from '../core/registration/models.ts'
import { registrationScript, valuesOf } from '../core/registration/registrationScript.ts'
import { scriptFormats, type ScriptFormat } from '../core/registration/script.ts'
import { scriptOptionsSchema } from '../core/registration/values.ts'
import { checkRequest } from '../core/settings/checks.ts'
import { cloudNames } from '../core/settings/clouds.ts'
import { parseMailAddress } from '../core/settings/mailDomain.ts'
import { defaultSettings, type Settings } from '../core/settings/settings.ts'
import { remarkOf } from '../texts/index.ts'
import { scriptText } from '../texts/registration/script.ts'
import { choice, storedProfile } from './runOptions.ts'
import { UsageError } from './usage.ts'

export type RegistrationFlags = {
  format?: string
  profile?: string
  tenant?: string
  clientId?: string
  mailbox?: string[]
  user?: string
  url?: string
  cloud?: string
  model?: string
  appName?: string
  certificate?: boolean
  delegated?: boolean
  out?: string
}

/** The script to standard output, or into the file. Exit code 0; wrong usage is thrown. */
export async function appRegistration(flags: RegistrationFlags, language: Language): Promise<number> {
  const { format: wanted } = flags
  if (wanted === undefined) throw new UsageError('missingFormat', { choices: scriptFormats.join(', ') })
  const format = choice('--format', wanted, scriptFormats)
  const stored = flags.profile === undefined ? null : await storedProfile(flags.profile)
  const settings = settingsFrom(flags, stored?.settings ?? defaultSettings())
  const mailboxes = (flags.mailbox ?? []).flatMap((list) => list.split(',')).map((mailbox) => mailbox.trim())
  refuse(settings, mailboxes, language)
  const model =
    flags.model === undefined ? modelFor(format, settings, mailboxes) : choice('--model', flags.model, permissionModels)
  if (!scriptsOf(model).includes(format)) throw new UsageError('modelWithoutFormat', { model, format })
  const options = scriptOptionsSchema.safeParse({
    ...(flags.appName === undefined ? {} : { appName: flags.appName }),
    mailboxes,
    credential: flags.certificate === true ? 'certificate' : 'secret',
    delegated: flags.delegated !== false,
  })
  if (!options.success) throw new UsageError('badAppName')
  const values = valuesOf(settings, model, options.data)
  if (format === 'exchange-online' && values.clientId === '') throw new UsageError('missingClientId', { format })
  if (format === 'exchange-online' && model === 'some' && values.mailboxes.length === 0)
    throw new UsageError('missingMailbox', { format })
  const text = scriptText(registrationScript(format, values), language)
  if (flags.out === undefined) process.stdout.write(text)
  else save(flags.out, format === 'azure-cli' ? text : `\ufeff${text}`)
  return 0
}

function settingsFrom(flags: RegistrationFlags, base: Settings): Settings {
  return {
    ...base,
    tenantId: flags.tenant ?? base.tenantId,
    clientId: flags.clientId ?? base.clientId,
    userName: flags.user ?? base.userName,
    cloud: flags.cloud === undefined ? base.cloud : choice('--cloud', flags.cloud, cloudNames),
    ewsUrl: flags.url ?? base.ewsUrl,
  }
}

/** What a format is for, unless somebody says otherwise: Entra gives the whole permission, Exchange limits it to mailboxes. */
function modelFor(format: ScriptFormat, settings: Settings, mailboxes: readonly string[]): PermissionModel {
  if (format === 'exchange-server') return 'on-premises'
  return format === 'exchange-online' && (mailboxes.length > 0 || settings.email.trim() !== '') ? 'some' : 'all'
}

/** A value that is none would only be refused later, by Entra or Exchange. */
function refuse(settings: Settings, mailboxes: readonly string[], language: Language): void {
  const wrong = checkRequest({ settings: { ...settings, email: '' }, secrets: {} }, 'check').remarks.find(
    (remark) => remark.severity === 'error' && ['tenantId', 'clientId', 'ewsUrl'].includes(remark.field),
  )
  if (wrong !== undefined) throw new UsageError('badValue', { reason: remarkOf(wrong, language) })
  const none = mailboxes.find((mailbox) => parseMailAddress(mailbox, { domainAlone: false }) === null)
  if (none !== undefined) throw new UsageError('badMailbox', { value: none })
}

/** A PowerShell script gets a byte order mark: without it PowerShell 5.1 reads its sentences in another code page. */
function save(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 })
  } catch (error) {
    throw new UsageError('scriptNotWritable', { file, code: errorCode(error) ?? '' })
  }
}
