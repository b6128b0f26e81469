import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { missing, startEpaServer, startNtlmServer } from './recipes.ts'
import { skipReason } from './skip.ts'

describe.each([
  { name: 'NTLM', absent: missing.ntlm, start: startNtlmServer, http: true },
  { name: 'Extended Protection', absent: missing.epa, start: () => startEpaServer({ epa: 'require' }), http: false },
])('$name', ({ absent, start, http }) => {
  test.skipIf(skipReason(absent))('two servers at once, and nothing stays behind', async () => {
    const servers = await Promise.all([start(), start()])
    try {
      const [first, second] = servers
      expect(first.httpsUrl).toMatch(/^https:\/\/localhost:\d+$/)
      expect(first.httpsUrl).not.toBe(second.httpsUrl)
      expect(first.httpUrl !== null).toBe(http)
      expect(first.caPem).toContain('BEGIN CERTIFICATE')
      expect(await first.failedLogons()).toBe(0)
    } finally {
      await Promise.all(servers.map((server) => server.stop()))
    }
    expect(servers.filter((server) => existsSync(server.dir))).toEqual([])
    for (const { httpsUrl } of servers) await expect(fetch(httpsUrl)).rejects.toThrow('fetch failed')
    await Promise.all(servers.map((server) => server.stop()))
  })
})
