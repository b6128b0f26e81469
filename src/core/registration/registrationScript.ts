/** The script that does the work of the guide, with the real values. Pure: the same values give the same script. */
import type { Settings } from '../settings/settings.ts'
import { checkClientId, checkEwsUrl, checkTenant } from '../settings/checks.ts'
import { cloudOfHost } from '../settings/clouds.ts'
import { parseMailAddress } from '../settings/mailDomain.ts'
import { hostOf, parseUrl } from '../network/url.ts'
import { azureCli } from './azureCli.ts'
import { exchangeOnline } from './exchangeOnline.ts'
import { exchangeServer } from './exchangeServer.ts'
import { graphPowershell } from './graphPowershell.ts'
import type { PermissionModel } from './models.ts'
import type { Script, ScriptFormat } from './script.ts'
import type { ScriptOptions, ScriptValues } from './values.ts'

const generators: Readonly<Record<ScriptFormat, (values: ScriptValues) => Script>> = {
  'graph-powershell': graphPowershell,
  'azure-cli': azureCli,
  'exchange-online': exchangeOnline,
  'exchange-server': exchangeServer,
}

export function registrationScript(format: ScriptFormat, values: ScriptValues): Script {
  return generators[format](values)
}

/** What a configuration brings into a script: IDs and addresses cleaned as for a run; what is none of them stays out. */
export function valuesOf(settings: Settings, model: PermissionModel, options: ScriptOptions): ScriptValues {
  const mailboxes = options.mailboxes.length > 0 ? options.mailboxes : [settings.email]
  const addresses = mailboxes.flatMap((typed) => parseMailAddress(typed, { domainAlone: false })?.address ?? [])
  const url = parseUrl(checkEwsUrl(settings.ewsUrl).value)
  const isOwn = url !== null && cloudOfHost(hostOf(url)) === undefined
  const own = parseMailAddress(settings.email, { domainAlone: false })?.address ?? ''
  return {
    ...options,
    mailboxes: [...new Set(addresses)],
    model,
    cloud: settings.cloud,
    tenantId: checkTenant(settings.tenantId).value,
    clientId: checkClientId(settings.clientId).value,
    account: settings.userName.trim() === '' ? own : settings.userName.trim(),
    ewsUrl: isOwn ? url.href : '',
  }
}

/** The model that a configuration suggests before anybody chose one. */
export function suggestedModel(settings: Pick<Settings, 'ewsUrl' | 'tenantId'>): PermissionModel {
  const url = parseUrl(checkEwsUrl(settings.ewsUrl).value)
  if (url === null || cloudOfHost(hostOf(url)) !== undefined) return 'all'
  return settings.tenantId.trim() === '' ? 'on-premises' : 'hybrid'
}
