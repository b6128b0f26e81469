/** Which tenant Entra names for the mail domain, asked anonymously: a cross-check of what was typed (knowledge 4.1). */
import type { Access } from './access.ts'
import type { Run } from './run.ts'
import { jsonObject } from '../network/json.ts'
import type { ObservationOf } from '../evidence/schema.ts'

type Tenant = ObservationOf<'tenant'>

/** The tenant ID, or null when the cloud knows none or did not answer. */
export async function askTenant(run: Run, access: Access, domain: string, group?: AbortSignal): Promise<string | null> {
  return run.step(
    { name: 'tenant', phase: 'discovery' },
    async ({ signal, record }) => {
      const url = new URL(`https://${access.cloud.authorityHost}/${domain}/v2.0/.well-known/openid-configuration`)
      const answer = await run.network.request(
        { method: 'GET', url, headers: { accept: 'application/json' } },
        { signal, record },
      )
      const issuer = answer.kind === 'answer' && answer.status === 200 ? jsonObject(answer.text)['issuer'] : undefined
      const tenantId =
        typeof issuer === 'string'
          ? (/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(issuer)?.[0].toLowerCase() ?? null)
          : null
      const result: Tenant['result'] =
        tenantId !== null ? 'found' : answer.kind === 'answer' && answer.status === 400 ? 'not-found' : 'no-answer'
      record({ kind: 'tenant', authorityHost: access.cloud.authorityHost, asked: domain, result, tenantId })
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
