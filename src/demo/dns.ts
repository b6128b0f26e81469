// A small authoritative DNS server over UDP for the names of one world: dns2 does the wire format, this file gives it types and the answers.

import dns2 from 'dns2'
import type { AddressInfo } from 'node:net'

export type DnsRecord =
  | { type: 'A'; address: string }
  | { type: 'AAAA'; address: string }
  | { type: 'CNAME'; target: string }
  | { type: 'MX'; exchange: string; priority: number }
  | { type: 'SRV'; target: string; port: number; priority: number; weight: number }
  | { type: 'TXT'; data: string }
  // How a resolver fails: an error answer, or none at all.
  | { type: 'failure'; rcode: 'SERVFAIL' | 'REFUSED' }
  | { type: 'silence' }

/**
 * Records by name, lower case, without the dot at the end. A name without records exists and has no data; `*` answers for every name
 * that is not there.
 */
export type DnsZones = Readonly<Record<string, readonly DnsRecord[]>>

export type DnsQuery = { at: number; name: string; type: string; rcode: string }

export type DnsServer = { port: number; queries: DnsQuery[]; stop(): Promise<void> }

type WireRecord = { name: string; type: number; class: number; ttl: number; [field: string]: unknown }
type WireQuestion = { name: string; type: number }
type WireHeader = { qr: number; aa: number; ra: number; rcode: number }
type WirePacket = { header: WireHeader; questions: WireQuestion[]; answers: WireRecord[]; additionals: unknown[] }
type WireServer = {
  on(event: 'request', listener: (request: WirePacket, send: (answer: WirePacket) => Promise<unknown>) => void): void
  on(event: 'error' | 'requestError', listener: (error: Error) => void): void
  listen(port: number, address: string): Promise<unknown>
  address(): AddressInfo
  close(done: () => void): void
}
// dns2's own types have `any` in the records and disagree with its ESM entry; this is the part of it that we use.
type Wire = {
  Packet: {
    TYPE: Record<string, number>
    CLASS: { IN: number }
    RCODE: Record<string, number>
    createResponseFromRequest(request: WirePacket): WirePacket
  }
  createUDPServer(): WireServer
}
const wire = dns2 as unknown as Wire

const ttl = 60

/** Starts the server on a free UDP port of 127.0.0.1. Unknown names get NXDOMAIN, known names without that type NODATA (RFC 2308). */
export async function startDns(zones: DnsZones): Promise<DnsServer> {
  const queries: DnsQuery[] = []
  const typeNames = new Map(Object.entries(wire.Packet.TYPE).map(([name, number]) => [number, name]))
  const server = wire.createUDPServer()
  // Garbage on the port is not our failure; there is nobody to answer.
  server.on('requestError', () => undefined)
  server.on('error', () => undefined)

  server.on('request', (request, send) => {
    const question = request.questions[0]
    if (question === undefined) return
    const answer = wire.Packet.createResponseFromRequest(request)
    // The request's OPT record would be echoed by some versions; an answer without EDNS is always allowed.
    answer.additionals = []
    answer.header.qr = 1
    answer.header.aa = 1
    answer.header.ra = 1
    const type = typeNames.get(question.type) ?? String(question.type)
    const found = lookUp(zones, question.name, type)
    queries.push({ at: Date.now(), name: question.name.toLowerCase(), type, rcode: found.rcode })
    if (found.rcode === 'SILENCE') return
    answer.header.rcode = wire.Packet.RCODE[found.rcode] ?? 2
    answer.answers = found.records.map(({ name, record }) => toWire(name, record))
    send(answer).catch(() => undefined)
  })

  await server.listen(0, '127.0.0.1')
  return {
    port: server.address().port,
    queries,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

type Found = { rcode: string; records: { name: string; record: DnsRecord }[] }

const lookUp = (zones: DnsZones, asked: string, type: string): Found => {
  const records: Found['records'] = []
  let name = asked.toLowerCase().replace(/\.$/, '')
  // A chain of aliases is followed as a recursive resolver would; eight links are more than any sane zone has.
  for (let links = 0; links < 8; links++) {
    const own = zones[name] ?? zones['*']
    if (own === undefined) {
      // RFC 8020: a name above an existing name exists too.
      const above = Object.keys(zones).some((other) => other.endsWith(`.${name}`))
      return { rcode: above || records.length > 0 ? 'NOERROR' : 'NXDOMAIN', records }
    }
    for (const record of own) {
      if (record.type === 'silence') return { rcode: 'SILENCE', records: [] }
      if (record.type === 'failure') return { rcode: record.rcode, records: [] }
    }
    const alias = own.find((record) => record.type === 'CNAME')
    const owner = records.length === 0 ? asked : name
    for (const record of own) {
      if (record.type === type || type === 'ANY') records.push({ name: owner, record })
    }
    if (alias === undefined || type === 'CNAME' || type === 'ANY') return { rcode: 'NOERROR', records }
    records.push({ name: owner, record: alias })
    name = alias.target.toLowerCase()
  }
  return { rcode: 'SERVFAIL', records: [] }
}

const toWire = (name: string, record: DnsRecord): WireRecord => {
  const base = { name, class: wire.Packet.CLASS.IN, ttl, type: wire.Packet.TYPE[record.type] ?? 0 }
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return { ...base, address: record.address }
    case 'CNAME':
      return { ...base, domain: record.target }
    case 'MX':
      return { ...base, exchange: record.exchange, priority: record.priority }
    case 'SRV':
      return { ...base, target: record.target, port: record.port, priority: record.priority, weight: record.weight }
    case 'TXT':
      return { ...base, data: record.data }
    case 'failure':
    case 'silence':
      return base
  }
}

/** The name at the end of a chain of CNAMEs, or the name itself. */
export function followAliases(zones: DnsZones, name: string): string {
  let at = name.toLowerCase()
  for (let links = 0; links < 8; links++) {
    const alias = zones[at]?.find((record) => record.type === 'CNAME')
    if (alias === undefined) return at
    at = alias.target.toLowerCase()
  }
  return at
}
