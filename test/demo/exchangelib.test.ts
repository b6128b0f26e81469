// The proof that the demo speaks real Autodiscover and EWS: exchangelib, a client that others wrote, finds the URL and reads the inbox.

import { expect, test } from 'vitest'
import { startDemo } from '../../src/demo/index.ts'
import { missing, runExchangelib as run, why } from './exchangelib.ts'

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
