/**
 * A last look after a run that did not get through: does the way stand that was not in force? With a proxy in force that is the direct
 * one, without one the proxy that the environment names. One connection, at most once a run: it is opened, its certificate judged, and
 * closed; no request and no credentials go over it.
 */
import type { Run } from './run.ts'
import type { Observation } from '../evidence/schema.ts'
import { hostOf, httpsUrl, portOf } from '../network/url.ts'
import { cloudOfHost } from '../settings/clouds.ts'

/** Adds the step `path` where there is another way. */
export async function lookForOtherWay(run: Run): Promise<void> {
  const url = unreached(run.observations())
  const other = url === null ? null : run.network.otherWay(url)
  if (url === null || other === null || run.signal.aborted) return
  await run.step({ name: 'path', target: url.host, phase: 'transport' }, async ({ signal, record }) => {
    const started = performance.now()
    const { open, code } = await other.connect(signal)
    const cancelled = !open && signal.aborted
    record({
      kind: 'path',
      host: hostOf(url),
      port: portOf(url),
      inForce: other.inForce,
      tried: other.tried,
      proxyFrom: other.proxyFrom,
      proxy: other.proxy,
      result: open ? 'open' : cancelled ? 'cancelled' : 'failed',
      code,
      ms: Math.round(performance.now() - started),
    })
    const facts = { host: hostOf(url), proxy: other.proxy }
    return open
      ? { value: null, state: 'warning', summary: other.tried === 'proxy' ? 'path-proxy' : 'path-direct', facts }
      : { value: null, state: 'no-answer', summary: 'path-none', facts: { host: hostOf(url) } }
  })
}

/**
 * The https URL whose host was to decide and to which no connection came about: EWS first, then the login service, and a host of the
 * search only where not one host answered. A certificate that is not trusted is no matter of the way.
 */
function unreached(observations: readonly Observation[]): URL | null {
  const https = observations.flatMap((seen) => {
    const url = seen.kind === 'http' ? httpsUrl(seen.url) : null
    return seen.kind === 'http' && url !== null ? [{ url, result: seen.result }] : []
  })
  const answered = new Set(https.filter((one) => one.result === 'answer').map((one) => hostOf(one.url)))
  const distrusted = new Set(
    observations.flatMap((seen) =>
      seen.kind === 'tls' && !['trusted', 'reset', 'timed-out'].includes(seen.result) ? [seen.host.toLowerCase()] : [],
    ),
  )
  const failed = https
    .filter(
      ({ url, result }) => result === 'not-connected' && !answered.has(hostOf(url)) && !distrusted.has(hostOf(url)),
    )
    .map(({ url }) => url)
  const found =
    failed.find((url) => /\/exchange\.asmx$/i.test(url.pathname)) ??
    failed.find((url) => /\/oauth2\//i.test(url.pathname)) ??
    // The cloud's own host certainly exists; one of the mail domain may not.
    (answered.size > 0 ? undefined : (failed.find((url) => cloudOfHost(hostOf(url)) !== undefined) ?? failed[0]))
  return found === undefined ? null : new URL('/', found)
}
