/** The step that reads service connection points from a directory that a person named. Without one it says "not checked". */
import type { Access } from './access.ts'
import type { Run, StepContext, StepOutcome } from './run.ts'
import { assertNever } from '../assertNever.ts'
import type { Secret } from '../auth/secret.ts'
import { pointSearch, rankPoints, rootSearch, type ConnectionPoints } from '../autodiscover/scp.ts'
import { limits } from '../limits.ts'
import type { DirectoryResult } from '../network/ldap.ts'
import { hostOf } from '../network/url.ts'
import { isRegistrySuffix, isWithin } from '../settings/mailDomain.ts'
import { parseLdapUrl } from '../settings/networkChecks.ts'

type Login = { url: URL; userName: string; password: Secret }
type Asked = { url: URL; result: ReadResult }
type ReadResult = { kind: 'read'; points: ConnectionPoints } | Extract<DirectoryResult, { kind: 'failed' }>

/** What the directory names, best first. `settled` comes before any other login of the same account may be made. */
export function askConnectionPoints(
  run: Run,
  access: Access,
  domain: string,
  group: AbortSignal,
): { urls: Promise<URL[]>; settled: Promise<unknown> } {
  const login = loginOf(run)
  if (login === null) {
    const said = run.step({ name: 'scp', phase: 'discovery' }, () =>
      Promise.resolve({ value: null, state: 'skipped', summary: 'scp-not-checked' }),
    )
    return { urls: said.then(() => []), settled: Promise.resolve() }
  }
  const urls = run
    .step(
      { name: 'scp', target: hostOf(login.url), phase: 'discovery' },
      (context) => readStep(run, access, login, domain, context),
      group,
    )
    .then((found) => found ?? [])
  const sameAccount = login.userName.toLowerCase() === access.account.toLowerCase()
  return { urls, settled: sameAccount ? urls : Promise.resolve() }
}

/** The server that will be asked; null: the step only says that none is. */
export function ldapHostOf(run: Run): string | null {
  const login = loginOf(run)
  return login === null ? null : hostOf(login.url)
}

function loginOf({ request: { settings, secrets } }: Run): Login | null {
  const url = parseLdapUrl(settings.ldapUrl)
  const userName = settings.ldapUser.trim()
  const password = secrets.ldapPassword
  return settings.ldapUrl.trim() === '' || url === null || userName === '' || password === undefined
    ? null
    : { url, userName, password }
}

async function readStep(
  run: Run,
  access: Access,
  login: Login,
  domain: string,
  context: StepContext,
): Promise<StepOutcome<URL[]>> {
  let asked = await read(run, login, domain, context)
  if (asked.result.kind === 'read' && asked.result.points.urls.length === 0) {
    const elsewhere = followed(asked.result.points.pointer, login, domain)
    if (elsewhere !== null) asked = await read(run, { ...login, url: elsewhere }, domain, context)
  }
  const { result } = asked
  const host = hostOf(asked.url)
  if (result.kind === 'read') {
    const { urls } = result.points
    const [first] = urls
    return first === undefined
      ? { value: [], state: 'no-answer', summary: 'scp-none', facts: { host } }
      : { value: urls, state: 'passed', summary: 'scp-found', facts: { url: first.href, count: urls.length } }
  }
  if (result.why === 'refused') access.budget.refused(login.userName)
  const facts = { host, code: result.code ?? '' }
  switch (result.why) {
    case 'refused':
      return { value: [], state: 'warning', summary: 'scp-refused', facts }
    case 'no-tls':
      return { value: [], state: 'warning', summary: 'scp-no-tls', facts }
    case 'not-connected':
    case 'failed':
      return { value: [], state: 'warning', summary: 'scp-failed', facts }
    default:
      return assertNever(result.why)
  }
}

async function read(run: Run, login: Login, domain: string, context: StepContext): Promise<Asked> {
  const started = performance.now()
  const { signal, record } = context
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limits.requestMs)])
  const result = await pointsOf(run, login, domain, { signal: limit, record })
  record({
    kind: 'directory',
    url: login.url.href,
    tls: login.url.protocol === 'ldaps:' ? 'ldaps' : 'starttls',
    result: result.kind === 'read' ? 'read' : signal.aborted ? 'cancelled' : result.why,
    code: result.kind === 'read' ? null : result.code,
    urls: result.kind === 'read' ? result.points.urls.slice(0, 20).map((url) => url.href) : [],
    pointer: result.kind === 'read' ? result.points.pointer : null,
    ms: Math.round(performance.now() - started),
  })
  return { url: login.url, result }
}

async function pointsOf(run: Run, login: Login, domain: string, context: StepContext): Promise<ReadResult> {
  const opened = await run.network.directory(login, context)
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
 * A pointer leads to another forest's directory. It gets the login only when it belongs to the mail domain or to the domain of the
 * directory that a person named; it is spoken to by ldaps.
 */
function followed(pointer: string | null, login: Login, domain: string): URL | null {
  if (pointer === null || pointer === hostOf(login.url)) return null
  const own = hostOf(login.url).split('.').slice(1).join('.')
  const sameForest = own.includes('.') && !isRegistrySuffix(own) && (pointer === own || pointer.endsWith(`.${own}`))
  return sameForest || isWithin(domain, pointer) ? parseLdapUrl(`ldaps://${pointer}`) : null
}
