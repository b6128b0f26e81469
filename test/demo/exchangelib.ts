/** exchangelib, a client that others wrote and that knows nothing of this project, run against the embedded Exchange. */
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DemoExchange } from '../../src/demo/index.ts'

const python = '/usr/bin/python3'
const script = fileURLToPath(new URL('./exchangelib_client.py', import.meta.url))
export const missing = spawnSync(python, ['-c', 'import exchangelib']).status !== 0
if (missing) console.warn('skipped: exchangelib is not installed (Debian: python3-exchangelib)')
/** Added to the name of a test that is skipped. */
export const why = missing ? ' (skipped: exchangelib is not installed)' : ''

export type Contact = {
  fileAs: string | null
  displayName: string | null
  givenName: string | null
  surname: string | null
  companyName: string | null
  department: string | null
  jobTitle: string | null
  emails: string[]
  phones: Record<string, string>
  places: Record<string, (string | null)[]>
  mailingAddress: string | null
  homepage: string | null
}

export type Found = {
  contacts: Contact[]
  soap: string | null
  endpoint: string
  auth: string
  build: string
  unread: number
  total: number
  folders: string[]
  mails: { subject: string; from: string; body: string }[]
}

/** Runs the client against a scenario; with `contacts` it reads those as well. */
export async function runExchangelib(demo: DemoExchange, user: string, o: { contacts?: boolean } = {}): Promise<Found> {
  const child = spawn(python, [script], { stdio: 'pipe' })
  let [out, err] = ['', '']
  child.stdout.on('data', (part: Buffer) => (out += part.toString()))
  child.stderr.on('data', (part: Buffer) => (err += part.toString()))
  child.stdin.end(
    JSON.stringify({
      email: demo.typed.email,
      user,
      password: demo.accounts[0]?.password,
      oauth: demo.oauth,
      ca: demo.caFile,
      dns: demo.dns,
      connectTo: demo.connectTo,
      contacts: o.contacts ?? false,
    }),
  )
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`${err.slice(-3000)}\n${demo.journal.map((line) => JSON.stringify(line)).join('\n')}`)
  return JSON.parse(out) as Found
}
