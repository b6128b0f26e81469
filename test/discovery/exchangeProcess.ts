/**
 * The embedded Exchange in a network namespace, as a process: `start` (a network) and `take` (what came since) over IPC. Every host has an
 * address of its own; a dead one has an address that is routed here and belongs to nobody, so that its packets are dropped.
 */
import { startWorld, type DnsRecord, type World } from '../../src/demo/index.ts'
import type { AuthorizationKind } from '../../src/demo/http.ts'
import { relayWorld, type Relay } from './relay.ts'
import { networks, type Network, type NetworkId } from './networks.ts'

export type Order = { kind: 'start'; network: NetworkId; dir: string; roundTripMs: number } | { kind: 'take' }
export type Taken = {
  requests: number
  /** DNS questions. */
  questions: number
  /** Complete logins that the server judged. */
  logons: number
  /** Requests that carried credentials, the first leg of a handshake included, by host. */
  credentials: Record<string, number>
  /** Hosts outside the mail service among these. */
  leaked: string[]
}
export type Started = { caFile: string; title: string; logons: number }

/** What a server judges; the first leg of NTLM is none of it. */
const complete: ReadonlySet<AuthorizationKind> = new Set(['basic', 'ntlm-authenticate', 'negotiate', 'bearer'])
const resolver = '10.77.0.53'
let world: World | undefined
let network: Network | undefined
let relay: Relay | undefined
let taken = { journal: 0, queries: 0 }

async function start(order: Extract<Order, { kind: 'start' }>): Promise<Started> {
  relay?.stop()
  await world?.stop()
  const plan = (network = networks[order.network]())
  const names = Object.keys(plan.hosts)
  const numberOf = (host: string): string => String(names.indexOf(host) + 1)
  const addressOf = (host: string): string | null => (plan.dead.includes(host) ? null : `10.77.0.${numberOf(host)}`)
  const hosts = Object.fromEntries(
    Object.entries(plan.hosts).map(([host, spec]) => {
      const dns: DnsRecord[] = [
        ...(plan.deadIpv6.includes(host) ? [{ type: 'AAAA' as const, address: `fd66::${numberOf(host)}` }] : []),
        { type: 'A', address: addressOf(host) ?? `10.66.0.${numberOf(host)}` },
      ]
      return [host, { ...spec, dns }]
    }),
  )
  world = await startWorld({ zones: plan.zones, hosts, dir: order.dir })
  relay = await relayWorld(world, { dns: resolver, roundTripMs: order.roundTripMs, addressOf })
  taken = { journal: 0, queries: 0 }
  return { caFile: world.caFile, title: plan.title, logons: plan.logons }
}

function take(): Taken {
  const journal = world?.journal.slice(taken.journal) ?? []
  const questions = (world?.queries.length ?? 0) - taken.queries
  taken = { journal: world?.journal.length ?? 0, queries: world?.queries.length ?? 0 }
  const credentials: Record<string, number> = {}
  for (const entry of journal)
    if (entry.authorization !== null && entry.authorization !== 'bearer-empty')
      credentials[entry.host] = (credentials[entry.host] ?? 0) + 1
  return {
    requests: journal.length,
    questions,
    logons: journal.filter((entry) => entry.logon !== null && complete.has(entry.authorization)).length,
    credentials,
    leaked: Object.keys(credentials).filter((host) => !(network?.mailService ?? []).includes(host)),
  }
}

process.on('message', (order: Order) => {
  const reply = order.kind === 'start' ? start(order) : Promise.resolve(take())
  reply.then(
    (value) => process.send?.({ value }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
