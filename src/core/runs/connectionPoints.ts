/**
 * The step that reads service connection points: from a directory that a person named, else from that of the domain this machine belongs
 * to, with the ticket of the login session. Where neither is there it says "not checked".
 */
import type { Access } from './access.ts'
import { domainControllers, isOfDomain, namedDirectory, ownDomain, type NamedDirectory } from './directories.ts'
import type { Run, StepContext, StepOutcome } from './run.ts'
import type { SummaryId } from './summaries.ts'
import { assertNever } from '../assertNever.ts'
import { canUseTickets } from '../auth/saslTicket.ts'
import { pointSearch, rankPoints, rootSearch, type ConnectionPoints } from '../autodiscover/scp.ts'
import type { StepState } from '../evidence/schema.ts'
import { limits } from '../limits.ts'
import type { DirectoryFailure, DirectoryResult } from '../network/ldap.ts'
import { hostOf } from '../network/url.ts'
import { isRegistrySuffix, isWithin } from '../settings/mailDomain.ts'
import { parseLdapUrl } from '../settings/networkChecks.ts'

type Asked = { url: URL; result: ReadResult }
type ReadResult = { kind: 'read'; points: ConnectionPoints } | Extract<DirectoryResult, { kind: 'failed' }>
type Outcome = StepOutcome<URL[]>

/** What the directory names, best first. `settled` comes before any other login of the same account may be made. */
export function askConnectionPoints(
  run: Run,
  access: Access,
  domain: string,
  group: AbortSignal,
): { urls: Promise<URL[]>; settled: Promise<unknown> } {
  const named = namedDirectory(run)
  const work = (context: StepContext): Promise<Outcome> => {
    switch (named.kind) {
      case 'named':
        return readNamed(run, access, named.directory, domain, context)
      case 'incomplete':
        return Promise.resolve(notChecked('scp-password-missing', { host: named.host }))
      case 'none':
        return readOwn(run, domain, context)
      default:
        return assertNever(named)
    }
  }
  const urls = run
    .step({ name: 'scp', target: ldapHostOf(run), phase: 'discovery' }, work, group)
    .then((found) => found ?? [])
  const account =
    named.kind === 'named' && named.directory.login.by === 'password' ? named.directory.login.userName : ''
  const sameAccount = account !== '' && account.toLowerCase() === access.account.toLowerCase()
  return { urls, settled: sameAccount ? urls : Promise.resolve() }
}

/** The server that was named and will be asked; null: none was, and the step finds one or says that none is asked. */
export function ldapHostOf(run: Run): string | null {
  const named = namedDirectory(run)
  return named.kind === 'named' ? hostOf(named.directory.url) : null
}

function notChecked(summary: SummaryId, facts: Record<string, string> = {}): Outcome {
  return { value: [], state: 'skipped', summary, facts }
}

async function readNamed(
  run: Run,
  access: Access,
  named: NamedDirectory,
  domain: string,
  context: StepContext,
): Promise<Outcome> {
  const asked = await readAndFollow(run, named, domain, context)
  if (asked.result.kind === 'failed' && asked.result.why === 'refused' && named.login.by === 'password')
    access.budget.refused(named.login.userName)
  return outcomeOf(asked, { byTicket: named.login.by === 'ticket', failed: 'warning' })
}

/** Nobody asked for this one, so what goes wrong is told and is no warning. */
async function readOwn(run: Run, domain: string, context: StepContext): Promise<Outcome> {
  const own = await ownDomain(run)
  if (own === null) return notChecked('scp-not-checked')
  if (!canUseTickets()) return notChecked('scp-no-module', { host: own })
  const controllers = await domainControllers(run, own, context)
  let last: Asked | null = null
  for (const url of controllers) {
    last = await readAndFollow(run, { url, login: { by: 'ticket' } }, domain, context)
    // Another controller of the same domain would say the same.
    if (last.result.kind === 'read' || !['not-connected', 'no-tls', 'failed'].includes(last.result.why)) break
  }
  if (last === null) return { value: [], state: 'no-answer', summary: 'scp-no-controller', facts: { domain: own } }
  return outcomeOf(last, { byTicket: true, failed: 'no-answer' })
}

async function readAndFollow(
  run: Run,
  directory: NamedDirectory,
  domain: string,
  context: StepContext,
): Promise<Asked> {
  const asked = await read(run, directory, domain, context)
  if (asked.result.kind === 'failed' || asked.result.points.urls.length > 0) return asked
  const elsewhere = followed(asked.result.points.pointer, directory, domain)
  return elsewhere === null ? asked : read(run, { ...directory, url: elsewhere }, domain, context)
}

function outcomeOf({ url, result }: Asked, o: { byTicket: boolean; failed: StepState }): Outcome {
  const host = hostOf(url)
  if (result.kind === 'read') {
    const { urls } = result.points
    const [first] = urls
    return first === undefined
      ? { value: [], state: 'no-answer', summary: 'scp-none', facts: { host } }
      : { value: urls, state: 'passed', summary: 'scp-found', facts: { url: first.href, count: urls.length } }
  }
  const { why, code } = result
  if (why === 'no-ticket') return notChecked('scp-no-ticket', { host })
  if (why === 'unavailable') return notChecked('scp-no-module', { host })
  return { value: [], state: o.failed, summary: failures(o.byTicket)[why], facts: { host, code: code ?? '' } }
}

const failures = (byTicket: boolean): Record<Exclude<DirectoryFailure, 'no-ticket' | 'unavailable'>, SummaryId> => ({
  refused: byTicket ? 'scp-ticket-refused' : 'scp-refused',
  'no-tls': 'scp-no-tls',
  'not-connected': 'scp-failed',
  failed: 'scp-failed',
  'no-gssapi': 'scp-no-gssapi',
  'channel-binding': 'scp-channel-binding',
  layer: 'scp-layer',
  unproved: 'scp-unproved',
})

async function read(run: Run, directory: NamedDirectory, domain: string, context: StepContext): Promise<Asked> {
  const started = performance.now()
  const { signal, record } = context
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limits.requestMs)])
  const result = await pointsOf(run, directory, domain, { signal: limit, record })
  record({
    kind: 'directory',
    url: directory.url.href,
    tls: directory.url.protocol === 'ldaps:' ? 'ldaps' : 'starttls',
    login: directory.login.by,
    result: result.kind === 'read' ? 'read' : signal.aborted ? 'cancelled' : result.why,
    code: result.kind === 'read' ? null : result.code,
    urls: result.kind === 'read' ? result.points.urls.slice(0, 20).map((url) => url.href) : [],
    pointer: result.kind === 'read' ? result.points.pointer : null,
    ms: Math.round(performance.now() - started),
  })
  return { url: directory.url, result }
}

async function pointsOf(run: Run, named: NamedDirectory, domain: string, context: StepContext): Promise<ReadResult> {
  const opened = await run.network.directory(named, context)
  if (opened.kind === 'failed') return opened
  const { directory } = opened
  try {
    const [root] = await directory.search(rootSearch)
    const configuration = root?.['configurationNamingContext']?.[0]
    if (configuration === undefined) return { kind: 'failed', why: 'failed', code: 'NO_CONFIGURATION' }
    const entries = await directory.search(pointSearch(configuration))
    return {
      kind: 'read',
      points: rankPoints(entries, { mailDomain: domain, site: run.request.settings.ldapSite.trim() }),
    }
  } catch {
    return { kind: 'failed', why: 'failed', code: 'SEARCH' }
  } finally {
    directory.close()
  }
}

/**
 * A pointer leads to another forest's directory. It gets the login only when it belongs to the domain of the directory that was asked,
 * and a password also when it belongs to the mail domain; it is spoken to by ldaps.
 */
function followed(pointer: string | null, from: NamedDirectory, domain: string): URL | null {
  if (pointer === null || pointer === hostOf(from.url)) return null
  const own = hostOf(from.url).split('.').slice(1).join('.')
  const sameForest = own.includes('.') && !isRegistrySuffix(own) && (pointer === own || isOfDomain(own, pointer))
  const inMailDomain = from.login.by === 'password' && isWithin(domain, pointer)
  return sameForest || inMailDomain ? parseLdapUrl(`ldaps://${pointer}`) : null
}
