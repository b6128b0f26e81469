/** [URL abrufen], row A7: finds the EWS URL and proves that EWS answers there. */
import { createAccess } from './access.ts'
import { discover, discoveryPlan } from './discovery.ts'
import type { Run, Verdict } from './run.ts'
import { serverFacts } from '../ews/products.ts'

export async function locate(run: Run): Promise<Verdict> {
  const access = createAccess(run)
  run.plan(discoveryPlan(run, access))
  const located = await discover(run, access)
  if (located === null) return { ok: false, ewsUrl: null, source: null, auth: null, ewsVersion: null, server: null }
  const { server } = located.endpoint
  return {
    ok: true,
    ewsUrl: located.ewsUrl.href,
    source: located.source,
    auth: null,
    ewsVersion: null,
    server: server === null ? null : serverFacts(server),
  }
}
