// The proof that the demo speaks real Autodiscover and EWS: exchangelib, a client that others wrote, finds the URL and reads the inbox.

import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startDemo, type DemoExchange } from '../../src/demo/index.ts'

const python = '/usr/bin/python3'
const script = fileURLToPath(new URL('./exchangelib_client.py', import.meta.url))
const missing = spawnSync(python, ['-c', 'import exchangelib']).status !== 0
if (missing) console.warn('skipped: exchangelib is not installed (Debian: python3-exchangelib)')
const why = missing ? ' (skipped: exchangelib is not installed)' : ''

type Found = {
  soap: string | null
  endpoint: string
  auth: string
  build: string
  unread: number
  total: number
  folders: string[]
  mails: { subject: string; from: string; body: string }[]
}

const run = async (demo: DemoExchange, user: string): Promise<Found> => {
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
    }),
  )
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`${err.slice(-3000)}\n${demo.journal.map((line) => JSON.stringify(line)).join('\n')}`)
  return JSON.parse(out) as Found
}

test.skipIf(missing)(
  `exchangelib discovers healthy-on-prem, logs in with NTLM and reads the inbox${why}`,
  { timeout: 60_000 },
  async () => {
    const demo = await startDemo({ scenario: 'healthy-on-prem' })
    try {
      const found = await run(demo, 'CONTOSO\\anna')
      expect(found.endpoint).toBe(demo.ewsUrl)
      expect(found.soap).toBe(demo.ewsUrl)
      expect(found.auth).toBe('NTLM')
      expect(found.build).toBe('15.2.2562.43')
      expect([found.total, found.unread]).toEqual([4, 2])
      expect(found.mails.map((mail) => mail.subject)).toContain('Grüße aus der Werkstatt – Termin am Montag?')
      expect(found.mails.find((mail) => mail.subject.startsWith('Minutes'))?.subject).toBe(
        'Minutes: sales meeting <draft> & next steps',
      )
      expect(found.folders).toContain('Contacts')
      expect(demo.journal.some((line) => line.authorization === 'ntlm-authenticate' && line.logon === 'accepted')).toBe(
        true,
      )
      expect(demo.journal.some((line) => line.operation === 'FindItem' && line.status === 200)).toBe(true)
      expect(demo.journal.some((line) => line.authorization === 'basic')).toBe(false)
    } finally {
      await demo.stop()
    }
  },
)

test.skipIf(missing)(`exchangelib discovers Exchange 2013 without JSON${why}`, { timeout: 60_000 }, async () => {
  const demo = await startDemo({ scenario: 'autodiscover-login-only' })
  try {
    const found = await run(demo, 'anna@contoso.example')
    expect([found.endpoint, found.build, found.total]).toEqual([demo.ewsUrl, '15.0.1497.48', 4])
  } finally {
    await demo.stop()
  }
})

test.skipIf(missing)(
  `exchangelib gets a token and reads the impersonated inbox of healthy-online${why}`,
  { timeout: 60_000 },
  async () => {
    const demo = await startDemo({ scenario: 'healthy-online' })
    try {
      const found = await run(demo, '')
      expect([found.endpoint, found.build, found.total]).toEqual([demo.ewsUrl, '15.20.9321.12', 4])
      expect(demo.journal.some((line) => line.authorization === 'bearer' && line.operation === 'FindItem')).toBe(true)
    } finally {
      await demo.stop()
    }
  },
)
