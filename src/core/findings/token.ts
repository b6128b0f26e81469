/** Stage K: claims of the token. They are hints, decoded and not verified; what EWS answers decides. */
import type { ObservationOf } from '../evidence/schema.ts'
import { draft, type Draft } from './draft.ts'
import { all, hostOfUrl, type View } from './view.ts'
import { tokenRefusals } from './logins.ts'

type Claims = NonNullable<ObservationOf<'token'>['claims']>
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function tokenRules(view: View): Draft[] {
  const issued = all(view.evidence.steps, 'token').findLast((one) => one.seen.result === 'issued')
  const claims = issued?.seen.claims ?? null
  return [
    ...(issued === undefined || claims === null ? [] : claimRules(view, issued.step.id, claims)),
    ...refusalRules(view, claims),
  ]
}

/** The claims of the token that was issued show nothing that could be wrong. False where no claims are known. */
export function claimsAreGood(view: View): boolean {
  const issued = all(view.evidence.steps, 'token').findLast((one) => one.seen.result === 'issued')
  const claims = issued?.seen.claims ?? null
  return issued !== undefined && claims !== null && claimRules(view, issued.step.id, claims).length === 0
}

function claimRules(view: View, step: string, claims: Claims): Draft[] {
  const found: Draft[] = []
  // EWS took the token: what looks odd in its claims is no obstacle.
  const taken = all(view.evidence.steps, 'login').some(
    (one) => one.seen.scheme === 'oauth' && one.seen.result === 'accepted' && one.seen.status !== 403,
  )
  const severity = taken ? 'warning' : 'error'
  const audiences = [...view.cloud.audiences, ...(view.ewsHost === null ? [] : [`https://${view.ewsHost}`])]
  if (claims.aud !== null && !audiences.includes(claims.aud.replace(/\/$/, '').toLowerCase())) {
    const facts = { audience: claims.aud, expected: view.cloud.audiences[0] ?? null, host: view.ewsHost, code: null }
    found.push(draft('token-audience-wrong', { path: 'ews', host: view.ewsHost, severity, steps: [step], facts }))
  }
  const issuers = issuersOf(view)
  if (
    claims.tid !== null &&
    issuers.tenants.length > 0 &&
    !issuers.any &&
    !issuers.tenants.includes(claims.tid.toLowerCase())
  ) {
    const facts = { tenant: claims.tid, expected: issuers.tenants, host: view.ewsHost, code: null }
    found.push(
      draft('token-tenant-wrong', {
        path: 'ews',
        host: view.ewsHost,
        severity,
        steps: [step, ...issuers.steps],
        facts,
      }),
    )
  }
  const facts = { clientId: view.evidence.input.clientId, tenant: view.evidence.input.tenantId, scopes: claims.scp }
  if (claims.scp !== null && claims.roles.length === 0) {
    found.push(draft('token-is-delegated', { path: 'ews', host: view.ewsHost, steps: [step], facts }))
  } else if (claims.roles.length === 0) {
    found.push(draft('token-without-roles', { path: 'ews', host: view.ewsHost, steps: [step], facts }))
  }
  return found
}

/** Tenants after `@` in `trusted_issuers` of the EWS host. `@*` takes any tenant and proves nothing. */
export function issuersOf(view: View): { tenants: string[]; any: boolean; steps: string[] } {
  const tenants = new Set<string>()
  const steps = new Set<string>()
  let any = false
  for (const { step, seen } of all(view.evidence.steps, 'http')) {
    if (hostOfUrl(seen.url) !== view.ewsHost) continue
    for (const challenge of seen.challenges) {
      if (challenge.scheme.toLowerCase() !== 'bearer') continue
      for (const issuer of (challenge.parameters['trusted_issuers'] ?? '').split(/[\s,]+/)) {
        const tenant = issuer.split('@')[1]
        if (tenant === '*') any = true
        if (tenant === undefined || !guid.test(tenant)) continue
        tenants.add(tenant.toLowerCase())
        steps.add(step.id)
      }
    }
  }
  return { tenants: [...tenants], any, steps: [...steps] }
}

/** What EWS itself said about audience and tenant. */
function refusalRules(view: View, claims: Claims | null): Draft[] {
  return tokenRefusals(view).flatMap((one): Draft[] => {
    const { code, category } = one.diagnostics ?? { code: null, category: null }
    const base = { path: 'ews' as const, host: one.host, steps: [one.step.id] }
    if (code === '2000003' || (one.isUnknownCode && category === 'invalid_resource')) {
      const facts = {
        audience: claims?.aud ?? null,
        expected: view.isOnline ? (view.cloud.audiences[0] ?? null) : one.host === null ? null : `https://${one.host}`,
        host: one.host,
        code,
      }
      return [draft('token-audience-wrong', { ...base, facts })]
    }
    if (code === '2000004' || (one.isUnknownCode && category === 'invalid_tenant')) {
      const facts = {
        tenant: claims?.tid ?? view.evidence.input.tenantId,
        expected: issuersOf(view).tenants,
        host: one.host,
        code,
      }
      return [draft('token-tenant-wrong', { ...base, facts })]
    }
    return []
  })
}
