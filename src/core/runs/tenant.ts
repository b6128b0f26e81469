/** Which tenant Entra names for a domain or an ID, asked anonymously: a cross-check of what was typed (knowledge 4.1). */
import type { Access } from './access.ts'
import type { Run, StepContext, StepOutcome } from './run.ts'
import { jsonObject } from '../network/json.ts'
import type { ObservationOf } from '../evidence/schema.ts'

type Tenant = ObservationOf<'tenant'>

/** The tenant ID, or null when the cloud knows none or did not answer. */
export async function askTenant(run: Run, access: Access, domain: string, group?: AbortSignal): Promise<string | null> {
  return run.step(
    { name: 'tenant', phase: 'discovery' },
    async ({ signal, record }) => {
      const { tenantId } = await tenantAt(run, {
        authorityHost: access.cloud.authorityHost,
        name: domain,
        signal,
        record,
      })
      if (tenantId === null) return { value: null, state: 'no-answer' as const, summary: 'tenant-unknown' as const }
      const typed = run.checked.tenantId.toLowerCase()
      const differs = /^[0-9a-f-]{36}$/.test(typed) && typed !== tenantId
      return {
        value: tenantId,
        state: differs ? ('warning' as const) : ('passed' as const),
        summary: differs ? ('tenant-differs' as const) : ('tenant-same' as const),
        facts: { tenantId },
      }
    },
    group,
  )
}

/** Whether a cloud's Entra knows the typed tenant, asked anonymously. `elsewhere`: another cloud than the chosen one. */
export async function askTypedTenant(
  run: Run,
  authorityHost: string,
  tenant: string,
  o: { elsewhere?: boolean } = {},
): Promise<Tenant['result']> {
  const known = await run.step(
    { name: 'typed-tenant', target: authorityHost, phase: 'discovery' },
    async ({ signal, record }): Promise<StepOutcome<Tenant['result']>> => {
      const { result, tenantId } = await tenantAt(run, { authorityHost, name: tenant, signal, record })
      const facts = { host: authorityHost, tenantId }
      if (result === 'no-answer') return { value: result, state: 'no-answer', summary: 'tenant-no-answer', facts }
      if (o.elsewhere === true) {
        return result === 'found'
          ? { value: result, state: 'warning', summary: 'tenant-elsewhere', facts }
          : { value: result, state: 'no-answer', summary: 'tenant-absent', facts }
      }
      return result === 'found'
        ? { value: result, state: 'passed', summary: 'tenant-found', facts }
        : { value: result, state: 'failed', summary: 'tenant-absent', facts }
    },
  )
  return known ?? 'no-answer'
}

/** One anonymous question for the openid-configuration, recorded. */
async function tenantAt(
  run: Run,
  o: { authorityHost: string; name: string } & StepContext,
): Promise<{ result: Tenant['result']; tenantId: string | null }> {
  const url = new URL(`https://${o.authorityHost}/${o.name}/v2.0/.well-known/openid-configuration`)
  const answer = await run.network.request({ method: 'GET', url, headers: { accept: 'application/json' } }, o)
  const issuer = answer.kind === 'answer' && answer.status === 200 ? jsonObject(answer.text)['issuer'] : undefined
  const tenantId =
    typeof issuer === 'string'
      ? (/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(issuer)?.[0].toLowerCase() ?? null)
      : null
  const result: Tenant['result'] =
    tenantId !== null ? 'found' : answer.kind === 'answer' && answer.status === 400 ? 'not-found' : 'no-answer'
  o.record({ kind: 'tenant', authorityHost: o.authorityHost, asked: o.name, result, tenantId })
  return { result, tenantId }
}
