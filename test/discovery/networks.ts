/** The networks of the benchmark: one Contoso with an Exchange Server of its own, and what is dead, missing or in the way. */
import { page, type DnsZones, type HostSpec } from '../../src/demo/index.ts'
import { makeGate } from '../../src/demo/exchange/authentication.ts'
import { makeServer } from '../../src/demo/exchange/server.ts'
import { anna, contoso, microsoftWithoutTenant } from '../../src/demo/scenarios/on-premises.ts'
import { defaultPassword, website } from '../../src/demo/scenarios/plan.ts'

const domain = 'contoso.example'
const autodiscover = `autodiscover.${domain}`
const mail = `mail.${domain}`

/** The person at the keyboard; the user name works for every client. */
export const login = { email: `anna@${domain}`, userName: `anna@${domain}`, password: defaultPassword }
export const ewsUrl = `https://${mail}/EWS/Exchange.asmx`
export type NetworkId =
  | 'healthy'
  | 'healthy-json'
  | 'dead-root'
  | 'dead-autodiscover'
  | 'dead-both-srv'
  | 'http-redirect-only'
  | 'root-wants-basic'
  | 'dead-ipv6'

export type Network = {
  title: string
  hosts: Record<string, HostSpec>
  zones: DnsZones
  /** Packets to these hosts are dropped: no refusal, no answer. */
  dead: readonly string[]
  /** Hosts whose IPv6 address is in the black hole beside a good IPv4 one. */
  deadIpv6: readonly string[]
  /** The only hosts that may ever see credentials. */
  mailService: readonly string[]
  /** Logins at Autodiscover that cannot be avoided. */
  logons: number
}

/** Autodiscover wants a login, as every Exchange up to 2013 does; `json`: it also speaks the anonymous version 2. */
function contosoNetwork(o: { title: string; json?: boolean } & Partial<Omit<Network, 'title' | 'logons'>>): Network {
  const organisation = contoso([anna(defaultPassword)])
  const server = makeServer({
    organisation,
    gate: makeGate(organisation),
    autodiscover: { json: o.json ?? false, soap: true, pox: true },
  })
  return {
    title: o.title,
    hosts: {
      [domain]: { role: 'website', https: website, http: website },
      [autodiscover]: { role: 'autodiscover', https: server, http: website },
      [mail]: { role: 'exchange', https: server },
      ...microsoftWithoutTenant(),
      ...o.hosts,
    },
    zones: { [domain]: [{ type: 'MX', exchange: mail, priority: 10 }], ...o.zones },
    dead: o.dead ?? [],
    deadIpv6: o.deadIpv6 ?? [],
    mailService: o.mailService ?? [autodiscover, mail],
    logons: o.json === true ? 0 : 1,
  }
}

/** Made anew for each world: a server remembers its failed logins. */
export const networks: Readonly<Record<NetworkId, () => Network>> = {
  healthy: () => contosoNetwork({ title: 'healthy' }),
  'healthy-json': () => contosoNetwork({ title: 'healthy, with the anonymous version 2', json: true }),
  'dead-root': () => contosoNetwork({ title: 'root domain dead', dead: [domain] }),
  'dead-autodiscover': () =>
    contosoNetwork({
      title: 'autodiscover host dead, root answers',
      dead: [autodiscover],
      mailService: [domain, mail],
      hosts: { [domain]: contosoNetwork({ title: '' }).hosts[autodiscover] ?? {} },
    }),
  'dead-both-srv': () =>
    contosoNetwork({
      title: 'both dead, SRV',
      dead: [domain, autodiscover],
      zones: { [`_autodiscover._tcp.${domain}`]: [{ type: 'SRV', target: mail, port: 443, priority: 0, weight: 0 }] },
    }),
  'http-redirect-only': () =>
    contosoNetwork({
      title: 'http redirect only',
      hosts: {
        [autodiscover]: {
          role: 'autodiscover',
          http: () => ({ status: 302, headers: { Location: `https://${mail}/autodiscover/autodiscover.xml` } }),
        },
      },
    }),
  'root-wants-basic': () =>
    contosoNetwork({
      title: 'website at the root asks for Basic',
      hosts: {
        [domain]: {
          role: 'website',
          http: website,
          https: (request) => {
            if (request.headers.authorization !== undefined) request.journal.logon = 'refused'
            return page(401, '401 Authorization Required', {
              Server: 'nginx',
              'WWW-Authenticate': 'Basic realm="Intranet"',
            })
          },
        },
      },
    }),
  'dead-ipv6': () => contosoNetwork({ title: 'every IPv6 address dead', deadIpv6: [domain, autodiscover, mail] }),
}

/** Order of the table. */
export const networkIds = Object.keys(networks) as NetworkId[]
