/**
 * The automatic call, row B4: the test without everything that a stored and proven connection does not need. It asks the stored URL
 * anonymously, so that a page of maintenance never gets credentials, then logs in one way and reads the mailbox. There is no fallback:
 * it would be a refused logon every few minutes.
 */
import { createAccess } from './access.ts'
import type { RunResult } from './events.ts'
import type { Memory } from './memory.ts'
import { runCommand, type Run, type Verdict } from './run.ts'
import { tryOAuth, tryPassword, typedTarget } from './test.ts'
import type { TokenCache } from '../auth/tokenCache.ts'
import type { ConnectorHost, RunRequest } from '../connector.ts'
import { serverFacts } from '../ews/products.ts'
import { callsWithOAuth } from '../automation/way.ts'

export async function callOnce(
  request: RunRequest,
  o: { signal: AbortSignal; host: ConnectorHost; tokens: TokenCache; memory: Memory },
): Promise<RunResult> {
  const isOAuth = callsWithOAuth(request.settings, request.secrets.clientSecret !== undefined)
  const settings = isOAuth ? { ...request.settings, auth: 'oauth' as const } : request.settings
  const events = runCommand({
    command: 'test',
    purpose: 'test',
    request: { ...request, settings },
    options: { signal: o.signal, ask: () => Promise.resolve(false) },
    host: o.host,
    tokens: o.tokens,
    memory: o.memory,
    work: call,
  })
  for await (const event of events) if (event.kind === 'ended') return event.result
  throw new Error('a run ends with its result')
}

async function call(run: Run): Promise<Verdict> {
  const access = createAccess(run)
  const { ewsUrl, mail } = run.checked
  const found: Verdict = { ok: false, ewsUrl: null, source: null, auth: null, ewsVersion: null, server: null }
  if (ewsUrl === '') return found
  found.ewsUrl = ewsUrl
  const target = await typedTarget(run, access, new URL(ewsUrl))
  if (target === null || run.signal.aborted) return found
  found.source = target.source
  const mailbox = mail?.address ?? ''
  const outcome = access.oauth
    ? await tryOAuth(run, access, target, mailbox, undefined)
    : await tryPassword(run, access, target, mailbox, access.account, undefined)
  if (outcome === null) return found
  return {
    ...found,
    ok: outcome.ok,
    auth: outcome.accepted ? outcome.scheme : null,
    ewsVersion: outcome.version,
    server: outcome.server === null ? null : serverFacts(outcome.server),
  }
}
