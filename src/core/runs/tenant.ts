/** What Entra says of a tenant to anybody who asks: a cross-check of what was typed (knowledge 4.1). */
import type { Access } from './access.ts'
import type { Run, StepOutcome } from './run.ts'
import { limits } from '../limits.ts'
import { jsonObject } from '../network/json.ts'
import type { Recorder } from '../network/network.ts'
import type { ObservationOf } from '../evidence/schema.ts'
import { clouds } from '../settings/clouds.ts'

type Tenant = ObservationOf<'tenant'>

/** The tenant ID, or null when the cloud knows none or did not answer. */
export async function askTenant(run: Run, access: Access, domain: string, group?: AbortSignal): Promise<string | null> {
  return run.step(
    { name: 'tenant', phase: 'discovery' },
    async ({ signal, record }) => {
      const { tenantId } = await openidConfiguration(run, access.cloud.authorityHost, domain, { signal, record })
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

/** Whether the chosen cloud's Entra knows the typed tenant. */
export async function askTypedTenant(run: Run, access: Access): Promise<Tenant['result']> {
  const { authorityHost } = access.cloud
  const known = await run.step(
    { name: 'typed-tenant', target: authorityHost, phase: 'discovery' },
    async ({ signal, record }): Promise<StepOutcome<Tenant['result']>> => {
      const options = { signal, record }
      const { result, tenantId } = await openidConfiguration(run, authorityHost, run.checked.tenantId, options)
      const facts = { host: authorityHost, tenantId }
      switch (result) {
        case 'found':
          return { value: result, state: 'passed', summary: 'tenant-found', facts }
        case 'not-found':
          return { value: result, state: 'failed', summary: 'tenant-absent', facts }
        case 'no-answer':
          return { value: result, state: 'no-answer', summary: 'tenant-no-answer', facts }
      }
    },
  )
  return known ?? 'no-answer'
}

/** The typed tenant at the other clouds, once its own cloud does not know it. Only its ID is told there, and to Microsoft's login hosts alone. */
export async function askOtherClouds(run: Run, access: Access): Promise<void> {
  const own = access.cloud.authorityHost
  const hosts = [...new Set(Object.values(clouds).map((cloud) => cloud.authorityHost))].filter((host) => host !== own)
  await run.step({ name: 'clouds', phase: 'token' }, async ({ signal, record }): Promise<StepOutcome<null>> => {
    const asked = await Promise.all(
      hosts.map((host) =>
        openidConfiguration(run, host, run.checked.tenantId, { signal, record, requestMs: limits.otherCloudMs }),
      ),
    )
    const found = asked.find((one) => one.result === 'found')
    return found === undefined
      ? { value: null, state: 'no-answer', summary: 'tenant-nowhere' }
      : { value: null, state: 'warning', summary: 'tenant-elsewhere', facts: { host: found.authorityHost } }
  })
}

async function openidConfiguration(
  run: Run,
  authorityHost: string,
  asked: string,
  options: { signal: AbortSignal; record: Recorder; requestMs?: number },
): Promise<Tenant> {
  const url = new URL(`https://${authorityHost}/${asked}/v2.0/.well-known/openid-configuration`)
  const answer = await run.network.request({ method: 'GET', url, headers: { accept: 'application/json' } }, options)
  const issuer = answer.kind === 'answer' && answer.status === 200 ? jsonObject(answer.text)['issuer'] : undefined
  const tenantId =
    typeof issuer === 'string'
      ? (/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(issuer)?.[0].toLowerCase() ?? null)
      : null
  const result: Tenant['result'] =
    tenantId !== null ? 'found' : answer.kind === 'answer' && answer.status === 400 ? 'not-found' : 'no-answer'
  const observation: Tenant = { kind: 'tenant', authorityHost, asked, result, tenantId }
  options.record(observation)
  return observation
}
