/** A Kerberos realm with a mailbox behind Negotiate, over TLS, and the tickets of its users. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { rootFolder } from './exchangeOnApache.ts'
import { path, startKerberosServer, type RunningServer } from './recipes.ts'
import { startTlsFront, type TlsFront } from './tlsFront.ts'

export type Realm = {
  server: RunningServer
  front: TlsFront
  /** CA of `front`. */
  caFile: string
  /** What a program needs to find the realm; without a ticket unless one was fetched. */
  environment: Record<string, string>
  /** Gets a ticket with a password, as a person does; rejects what the KDC refuses. */
  fetchTicket: (user: string, password: string) => Promise<void>
  dropTicket: () => Promise<void>
  /** A file with the key of a service, such as `ldap/dc01.contoso.test`, which the realm gets to know with it. */
  keytabFor: (service: string) => Promise<string>
  /** Tickets for the web server that the KDC has issued. */
  serviceTickets: () => Promise<number>
  stop: () => Promise<void>
}

export const realmName = 'CONTOSO.TEST'

/** Users of the realm. */
export const principals = {
  alice: { user: 'alice', password: 'Secret-Passw0rd' },
  bob: { user: 'bob', password: 'Pässwörd-ß' },
} as const

const run = promisify(execFile)

export async function startRealm(): Promise<Realm> {
  const server = await startKerberosServer()
  await writeFile(join(server.dir, 'htdocs', 'EWS', 'Exchange.asmx'), rootFolder)
  const environment = { KRB5_CONFIG: join(server.dir, 'krb5.conf') }
  const env = { ...process.env, ...environment, PATH: path, LC_ALL: 'C.UTF-8' }
  const { bob } = principals
  const administer = (query: string) =>
    run('kadmin.local', ['-q', query], { env: { ...env, KRB5_KDC_PROFILE: join(server.dir, 'kdc.conf') } })
  await administer(`addprinc -pw "${bob.password}" ${bob.user}`)
  const front = await startTlsFront(server.httpUrl ?? '')
  const caFile = join(server.dir, 'ca.pem')
  await writeFile(caFile, front.caPem)
  return {
    server,
    front,
    caFile,
    environment,
    async fetchTicket(user, password) {
      const child = execFile('kinit', [user], { env })
      child.stdin?.end(`${password}\n`)
      const [code] = (await once(child, 'exit')) as [number | null]
      if (code !== 0) throw new Error(`kinit ended with ${String(code)}`)
    },
    async dropTicket() {
      await run('kdestroy', ['-q'], { env }).catch(() => undefined)
    },
    async keytabFor(service) {
      const file = join(server.dir, `${service.replaceAll('/', '-')}.keytab`)
      if (!existsSync(file)) {
        await administer(`addprinc -randkey ${service}`)
        await administer(`ktadd -k ${file} ${service}`)
      }
      return file
    },
    serviceTickets: async () =>
      (await readFile(join(server.dir, 'kdc.log'), 'utf8'))
        .split('\n')
        .filter((line) => /TGS_REQ.*ISSUE.*HTTP\/localhost/.test(line)).length,
    async stop() {
      await front.stop()
      await server.stop()
    },
  }
}
