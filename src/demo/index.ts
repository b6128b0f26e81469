// The embedded Exchange: a small internet on the loopback in which an admin (or a test) meets a healthy server or one cause of trouble.
// It shares no code with the product, because an Exchange that shares our parser would agree with our bugs.

import type { JournalEntry } from './http.ts'
import type { DnsQuery } from './dns.ts'
import { planScenario, type ScenarioId } from './scenarios/catalogue.ts'
import type { Plan, Typed } from './scenarios/plan.ts'
import { startWorld, type HostSpec } from './world.ts'

export { scenarioGroups, scenarioIds, type ScenarioGroup, type ScenarioId } from './scenarios/catalogue.ts'
export type { Typed } from './scenarios/plan.ts'
export { json, page, type Answer, type DemoRequest, type Handler, type JournalEntry, type Reply } from './http.ts'
export type { CertificateKind, HostCertificate } from './certificates.ts'
export type { DnsQuery, DnsRecord, DnsZones } from './dns.ts'
export { startWorld, type HostSpec, type Listening, type World } from './world.ts'
export { makeServer, type ServerOptions } from './exchange/server.ts'
export { makeOnline, type OnlineOptions } from './exchange/online.ts'
export { versionsOfToday, type Account, type Organisation } from './exchange/organisation.ts'
export { makeEntra, type Application, type Entra, type Tenant } from './entra.ts'

export type DemoExchange = {
  scenario: ScenarioId
  caPem: string
  caFile: string
  /** `127.0.0.1:port`, UDP. */
  dns: string
  /** In curl's form `host:port:address:port`, one for each existing host and port; closed ports lead to a closed port. */
  connectTo: string[]
  ports: { https: number; http: number; dns: number }
  hosts: { name: string; role: string }[]
  /** The logins that really work. */
  accounts: { email: string; userName: string; password: string }[]
  oauth: { tenantId: string; clientId: string; clientSecret: string } | null
  typed: Typed
  /** Where EWS really is. */
  ewsUrl: string | null
  /** A run ends only with a time limit. */
  slow: boolean
  /** Every request, in the order of arrival. */
  journal: JournalEntry[]
  /** Every DNS question. */
  queries: DnsQuery[]
  stop(): Promise<void>
}

/**
 * Starts a scenario on free ports of 127.0.0.1. `dir` takes `ca.pem` (default: a temporary folder, removed at stop). `password` and `clientSecret`
 * replace the typed values, for tests that search everything for a canary; where the mistake lies in the value itself, the scenario's own stays.
 */
export async function startDemo(o: {
  scenario: ScenarioId
  dir?: string
  password?: string
  clientSecret?: string
}): Promise<DemoExchange> {
  const plan = planScenario(o.scenario, { password: o.password, clientSecret: o.clientSecret })
  const world = await startWorld({
    zones: plan.zones,
    hosts: plan.proxy === undefined ? plan.hosts : resolvedByName(plan.hosts),
    ...(plan.trusted === undefined ? {} : { trusted: plan.trusted }),
    ...(plan.proxy === undefined ? {} : { proxy: plan.proxy.behaviour }),
    ...(o.dir === undefined ? {} : { dir: o.dir }),
  })
  return {
    scenario: o.scenario,
    caPem: world.caPem,
    caFile: world.caFile,
    dns: world.dns,
    connectTo: plan.proxy?.only === true ? world.connectTo.map(toClosedPort) : world.connectTo,
    ports: world.ports,
    hosts: world.hosts,
    accounts: plan.accounts.map((account) => ({
      email: account.email,
      userName: `${plan.netbios}\\${account.sam}`,
      password: account.password,
    })),
    oauth: plan.oauth,
    typed: typedIn(plan, world.proxy),
    ewsUrl: plan.ewsUrl,
    slow: plan.slow ?? false,
    journal: world.journal,
    queries: world.queries,
    stop: () => world.stop(),
  }
}

/** Nothing listens there. */
const toClosedPort = (mapping: string): string => mapping.replace(/\d+$/, '1')

/** A mapping to the loopback itself would go around a proxy. */
const resolvedByName = (hosts: Plan['hosts']): Record<string, HostSpec> =>
  Object.fromEntries(Object.entries(hosts).map(([name, spec]) => [name, { ...spec, resolved: true }]))

/** What is typed, with the address of the proxy as this world has it. */
const typedIn = ({ typed, proxy }: Plan, url: string | null): Typed => {
  if (proxy === undefined || url === null) return typed
  return proxy.namedBy === 'admin' ? { ...typed, proxy: url } : { ...typed, environment: { HTTPS_PROXY: url } }
}
