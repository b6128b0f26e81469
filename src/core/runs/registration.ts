/**
 * The checks of the guide to the app registration: the tenant by an anonymous question, the secret by a token, the permission by the
 * token's claims, and EWS itself by the call. Each check goes as far as asked and no further, so that no secret leaves for a question
 * about IDs.
 */
import { createAccess, type Access } from './access.ts'
import type { Run, Verdict } from './run.ts'
import { askOtherClouds, askTenant, askTypedTenant } from './tenant.ts'
import { test } from './test.ts'
import type { RegistrationRequest } from '../connector.ts'
import { cloudEwsUrl, clouds } from '../settings/clouds.ts'
import type { CheckPurpose } from '../settings/checks.ts'

/** What the fields have to hold for a check. */
export function purposeOf({ reach }: Pick<RegistrationRequest, 'reach'>): CheckPurpose {
  if (reach === 'tenant') return 'ids'
  return reach === 'ews' ? 'test' : 'token'
}

/** The registration is about OAuth alone; only where an own server may hold the mailbox is the login left as configured. */
export function oauthAlone({ reach, model, ...request }: RegistrationRequest): RegistrationRequest {
  const isOwn = reach === 'ews' && (model === 'hybrid' || model === 'on-premises')
  const settings = isOwn ? request.settings : { ...request.settings, auth: 'oauth' as const, passwordFallback: false }
  return { ...request, reach, model, settings }
}

export async function registration(run: Run, asked: Pick<RegistrationRequest, 'reach' | 'model'>): Promise<Verdict> {
  const { reach, model } = asked
  if (reach === 'ews' && (model === 'hybrid' || model === 'on-premises')) return test(run)
  const access = createAccess(run)
  const nothing: Verdict = { ok: false, ewsUrl: null, source: null, auth: null, ewsVersion: null, server: null }
  run.plan([
    { name: 'typed-tenant', target: access.cloud.authorityHost, phase: 'discovery' },
    ...(run.checked.mail === null ? [] : [{ name: 'tenant' as const, phase: 'discovery' as const }]),
    ...(reach === 'tenant'
      ? []
      : [{ name: 'token' as const, target: access.cloud.authorityHost, phase: 'token' as const }]),
  ])
  const tenantFound = await tenants(run, access)
  if (reach === 'tenant') return { ...nothing, ok: tenantFound }
  // A tenant that nobody knows issues no token; the secret stays here.
  if (run.observations().some((seen) => seen.kind === 'tenant' && isAbsent(seen, run.checked.tenantId))) return nothing
  const token = await access.token()
  if (token === null || token.kind === 'failed') return nothing
  const permitted = token.observation.claims?.roles.includes('full_access_as_app') === true
  if (reach === 'token' || (reach === 'permission' && (permitted || run.checked.mail === null)))
    return { ...nothing, ok: true }
  return test(atCloud(run), { prepared: access })
}

function isAbsent(seen: { asked: string; result: string }, tenantId: string): boolean {
  return seen.result === 'not-found' && seen.asked.toLowerCase() === tenantId.toLowerCase()
}

/** The typed tenant, and the one of the mail domain beside it. True when the typed one is known. */
async function tenants(run: Run, access: Access): Promise<boolean> {
  const { mail } = run.checked
  const [typed] = await Promise.all([
    askTypedTenant(run, access),
    mail !== null ? askTenant(run, access, mail.domain) : null,
  ])
  if (typed !== 'not-found') return typed === 'found'
  await askOtherClouds(run, access)
  return false
}

/** The same run at Exchange Online of the chosen cloud, whose URL is the same for every mailbox. */
function atCloud(run: Run): Run {
  const url = cloudEwsUrl(clouds[run.request.settings.cloud])
  return { ...run, checked: { ...run.checked, ewsUrl: url } }
}
