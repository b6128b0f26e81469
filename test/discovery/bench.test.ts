// The bounds of the benchmark in a reduced form, in real namespaces with a black hole: right URL, no leak, no needless logon, and time that is bounded
// generously and against the bare script of the same run, because a machine may be busy.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { skipHere } from '../servers/skip.ts'
import { networkIds } from './networks.ts'

const script = fileURLToPath(new URL('../../scripts/bench-discovery.mjs', import.meta.url))
const probe = spawnSync(process.execPath, [script, '--probe'], { encoding: 'utf8' })
const missing = probe.status === 0 ? null : `the search on a black hole: ${probe.stderr.trim()}`

type Run = { ms: number; url: string | null; logons: number; leaked: string[]; error: string | null }
type Results = { results: { id: string; logons: number; clients: { product: Run[]; bare?: Run[] } }[] }

test.skipIf(skipHere(missing))('in every network of the benchmark', { timeout: 240_000 }, async () => {
  const child = spawn(process.execPath, [script, '--clients', 'product,bare', '--runs', '3', '--json'], {
    stdio: 'pipe',
  })
  let [out, errors] = ['', '']
  child.stdout.on('data', (part: Buffer) => (out += part.toString()))
  child.stderr.on('data', (part: Buffer) => (errors += part.toString()))
  // Its own, tighter bounds are for an idle machine.
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  expect([0, 1], errors).toContain(code)
  const { results } = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Results
  expect(results.map((network) => network.id)).toEqual(networkIds)
  for (const { id, logons, clients } of results) {
    for (const run of clients.product)
      expect({ id, url: run.url, leaked: run.leaked, logons: run.logons }).toEqual({
        id,
        url: 'https://mail.contoso.example/EWS/Exchange.asmx',
        leaked: [],
        logons,
      })
    const fastest = Math.min(...clients.product.map((run) => run.ms))
    // How much slower than an idle one this machine is just now, by the bare script of the healthy network.
    const bare = Math.min(
      ...(results.find((network) => network.id === 'healthy')?.clients.bare ?? []).map((run) => run.ms),
    )
    expect(fastest, `${id}, bare ${bare} ms`).toBeLessThan(1_000 * Math.max(1, bare / 150))
  }
})
