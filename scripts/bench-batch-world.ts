/** An Exchange for each of several customers, with as many mailboxes as are asked for; prints how to reach it, and runs until it is stopped. */
import { makeServer, startWorld, versionsOfToday, type Account, type HostSpec } from '../src/demo/index.ts'
import { makeGate } from '../src/demo/exchange/authentication.ts'

const [count = '1000', password = ''] = process.argv.slice(2)
const customers = Array.from({ length: 8 }, (_, index) => `customer${index + 1}.example`)
const hosts: Record<string, HostSpec> = {}
const mailboxes: { email: string; user: string; ewsUrl: string }[] = []

for (const [index, domain] of customers.entries()) {
  const size = Math.ceil((Number(count) - index) / customers.length)
  const accounts = Array.from({ length: size }, (_, number): Account => {
    const sam = `user${number + 1}`
    return { email: `${sam}@${domain}`, displayName: sam, sam, upn: `${sam}@${domain}`, password, mailbox: true }
  })
  const netbios = `CUSTOMER${index + 1}`
  const ewsUrl = `https://mail.${domain}/EWS/Exchange.asmx`
  const organisation = {
    netbios,
    adDomain: `ad.${domain}`,
    mailDomains: [domain],
    accounts,
    ewsUrl,
    build: [15, 2, 2562, 43] as [number, number, number, number],
    schemaVersion: 'V2017_07_11',
    versions: versionsOfToday,
  }
  hosts[`mail.${domain}`] = { role: 'exchange', https: makeServer({ organisation, gate: makeGate(organisation) }) }
  for (const { email, sam } of accounts) mailboxes.push({ email, user: `${netbios}\\${sam}`, ewsUrl })
}

const world = await startWorld({ zones: {}, hosts })
const { caPem, caFile, dns, connectTo } = world
process.stdout.write(`${JSON.stringify({ caPem, caFile, dns, connectTo, customers, mailboxes })}\n`)
// Whoever started it holds the other end.
process.stdin.resume().once('end', () => void world.stop())
setInterval(() => {
  // A request of each mailbox is remembered for tests; here it would only grow.
  world.journal.length = 0
  world.queries.length = 0
}, 1_000).unref()
