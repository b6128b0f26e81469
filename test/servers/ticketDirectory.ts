/** A directory that takes Kerberos tickets and then misbehaves (ticketDirectory.py): a real acceptor of python3-gssapi over TLS. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { makeAuthority } from '../../src/demo/certificates.ts'
import type { Realm } from './kerberos.ts'

export type TicketDirectory = {
  caPem: string
  /** `HOST:PORT:ADDR:PORT` for its host's usual port. */
  connectTo: string
  /** What it was sent, a line each. */
  received: readonly string[]
  stop: () => Promise<void>
}

export async function startTicketDirectory(o: {
  mode: 'binding' | 'layer' | 'forged' | 'early'
  host: string
  realm: Realm
}): Promise<TicketDirectory> {
  const { host, realm } = o
  const authority = await makeAuthority()
  const { keyPem, certPem } = await authority.issue({ names: [host], kind: 'valid' })
  const [key, cert] = ['directory-key.pem', 'directory-cert.pem'].map((name) => join(realm.server.dir, name))
  if (key === undefined || cert === undefined) throw new Error('two files')
  writeFileSync(key, keyPem, { mode: 0o600 })
  writeFileSync(cert, certPem)
  const script = fileURLToPath(new URL('ticketDirectory.py', import.meta.url))
  const child = spawn('/usr/bin/python3', [script, o.mode, host, cert, key], {
    env: { ...process.env, ...realm.environment, KRB5_KTNAME: await realm.keytabFor(`ldap/${host}`) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const killChild = (): boolean => child.kill()
  process.once('exit', killChild)
  let errors = ''
  child.stderr.on('data', (part: Buffer) => (errors += part.toString()))
  const received: string[] = []
  const port = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const ready = /^ready (\d+)$/.exec(line)?.[1]
      if (ready === undefined) received.push(line)
      else resolve(ready)
    })
    child.once('exit', () => reject(new Error(`the directory did not start: ${errors}`)))
  })
  return {
    caPem: authority.caPem,
    connectTo: `${host}:636:127.0.0.1:${port}`,
    received,
    async stop() {
      process.off('exit', killChild)
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}
