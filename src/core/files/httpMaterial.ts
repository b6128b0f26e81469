/** Pasted HTTP answers: which conversation each belongs to, and the steps that tell what it says. */
import { exchangeMark, redactedUrl } from '../network/headers.ts'
import type { HttpAnswer } from '../network/http.ts'
import { jsonObject } from '../network/json.ts'
import { hostOf, parseUrl, shownUrl } from '../network/url.ts'
import type { Evidence, ObservationOf } from '../evidence/schema.ts'
import { limits } from '../limits.ts'
import { cloudEwsUrl, clouds } from '../settings/clouds.ts'
import { answerOf, documentIn } from './pastedAnswer.ts'
import type { Pasted, PastedStep } from './pasted.ts'
import { httpIn, type Exchange } from './httpText.ts'
import { ewsSteps } from './ewsMaterial.ts'
import { onNoPath, type Conversation, type Told } from './told.ts'
import { isAuthority, tokenOfJson, tokenStep } from './tokenMaterial.ts'
import { withoutSecrets } from './redaction.ts'
import { autodiscoverStep, documentKind, isAutodiscoverJson } from './xmlMaterial.ts'

/** All answers of the text; null where it holds none. */
export function readHttp(text: string): Pasted {
  const { exchanges, typedUrl } = httpIn(text)
  const told = exchanges.map((exchange, index) => toldBy(exchange, urlOf(exchanges, index, typedUrl)))
  const steps = conversations(told).flatMap((group) => stepsOf(group))
  const last = told.at(-1)
  if (last === undefined || steps.length === 0) return null
  const cloud = Object.values(clouds).find((one) => steps.some((step) => step.target === one.authorityHost))
  return {
    shape: 'http',
    steps,
    ...saidAt(last.answer),
    ...(cloud === undefined ? {} : { cloud: cloud.name }),
  }
}

/** The `Date` of the last answer is when all this happened. */
function saidAt(answer: HttpAnswer): { at?: Evidence['startedAt'] } {
  const time = Date.parse(answer.headers.get('date')?.[0] ?? '')
  return Number.isNaN(time) || Math.abs(time) > 4_000_000_000_000 ? {} : { at: new Date(time).toISOString() }
}

function urlOf(exchanges: readonly Exchange[], index: number, typedUrl: string | null): URL | null {
  const exchange = exchanges[index]
  const request = exchange?.request ?? null
  const before = exchanges[index - 1]
  // `curl -i -L` prints no requests: an answer after a redirect comes from where that one pointed to.
  if (before !== undefined && before.request === request && before.status >= 300 && before.status < 400) {
    const target = parseUrl(before.headers.get('location')?.[0] ?? '', urlOf(exchanges, index - 1, typedUrl)?.href)
    if (target !== null && isWeb(target)) return target
  }
  const asked =
    request === null
      ? null
      : request.target.startsWith('/')
        ? request.host === null
          ? null
          : parseUrl(`https://${request.host}${request.target}`)
        : parseUrl(request.target)
  const url = asked ?? (typedUrl === null ? null : parseUrl(typedUrl))
  return url !== null && isWeb(url) ? url : null
}

function isWeb(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'http:'
}

function toldBy(exchange: Exchange, named: URL | null): Told {
  const text = documentIn(exchange.body.trim())
  const isDocument = /^[<{]/.test(text)
  const body = isDocument ? text : exchange.body.trim()
  const url = named === null ? onlineUrl(exchange) : withoutSecrets(redactedUrl(shownUrl(named)), 2_000)
  const conversation = conversationOf(exchange, named, body)
  const answer = answerOf({
    method: exchange.request?.method ?? 'POST',
    url: conversation === 'ews' || named !== null ? url : '',
    credentials: exchange.request?.credentials ?? 'none',
    status: exchange.status,
    headers: exchange.headers,
    text: body,
  })
  return { exchange, answer, conversation }
}

/** The routing headers of Exchange Online name it, and its EWS URL is the same for every mailbox of a cloud. */
function onlineUrl(exchange: Exchange): string {
  const routed = ['x-calculatedfetarget', 'x-calculatedbetarget'].flatMap((name) => exchange.headers.get(name) ?? [])
  const named = Object.values(clouds).find((cloud) => {
    const domain = cloud.ewsHost.split('.').slice(-2).join('.')
    const domains = cloud.name === 'global' ? ['outlook.com', 'office365.com'] : [domain]
    return routed.some((host) => domains.some((one) => host.toLowerCase().endsWith(`.${one}`)))
  })
  return named === undefined ? '' : cloudEwsUrl(named)
}

function conversationOf(exchange: Exchange, url: URL | null, body: string): Conversation {
  const path = url?.pathname.toLowerCase() ?? ''
  if (url !== null && (isAuthority(hostOf(url)) || path.includes('/oauth2/'))) return 'token'
  if (path.startsWith('/autodiscover/')) return path.includes('.json') ? 'json' : path.endsWith('.svc') ? 'soap' : 'pox'
  if (path.startsWith('/ews')) return 'ews'
  if (body.startsWith('{')) {
    const fields = jsonObject(body)
    if (tokenOfJson(fields) !== null) return 'token'
    if (isAutodiscoverJson(fields)) return 'json'
  }
  const kind = body.startsWith('<') && body.length <= limits.pastedBytes ? documentKind(body) : null
  if (kind === 'soap' || kind === 'pox') return kind
  if (exchange.headers.has('jsonerror')) return 'json'
  const ofEntra = exchange.headers.has('x-ms-ests-server') || exchange.headers.has('x-ms-request-id')
  return ofEntra && exchangeMark(exchange.headers) === 'none' && kind === null ? 'token' : 'ews'
}

/** Answers in a row that belong to one conversation at one URL, such as the legs of a login. */
function conversations(told: readonly Told[]): Told[][] {
  const groups: Told[][] = []
  for (const one of told) {
    const group = groups.at(-1)
    const before = group?.at(-1)
    const same =
      before !== undefined &&
      before.conversation === one.conversation &&
      before.answer.observation.url === one.answer.observation.url
    if (same && group !== undefined) group.push(one)
    else groups.push([one])
  }
  return groups
}

function stepsOf(group: readonly Told[]): PastedStep[] {
  const last = group.at(-1)
  if (last === undefined) return []
  switch (last.conversation) {
    case 'token':
      return [tokenConversation(group, last)]
    case 'ews':
      return ewsSteps(group, last)
    default: {
      const step = autodiscoverStep(last.answer, last.conversation, { withHttp: true })
      return step === null ? [] : [step]
    }
  }
}

/** An answer of the token endpoint. That it is not from Entra ID is concluded from a whole head only. */
function tokenConversation(group: readonly Told[], last: Told): PastedStep {
  const { exchange, answer } = last
  const { status } = exchange
  const url = parseUrl(answer.observation.url)
  const host = url === null ? '' : hostOf(url)
  const tenant = /^\/([\w.-]{1,253})\/oauth2\//.exec(url?.pathname ?? '')?.[1] ?? ''
  const read = tokenOfJson(jsonObject(answer.text))
  const byHead = tokenOfHead(exchange)
  const http = group.map((one) => one.answer.observation)
  const token = read ?? byHead
  if (token === null) return onNoPath(http, status)
  const told = {
    ...token,
    status,
    authorityHost: host === '' ? token.authorityHost : host,
    tenant,
    clientId: exchange.request?.form.clientId ?? '',
    scope: exchange.request?.form.scope ?? '',
  }
  // An error in the body is Entra's own word, whatever headers the text leaves out.
  return tokenStep(told, read === null || exchange.whole ? http : [])
}

function tokenOfHead(exchange: Exchange): ObservationOf<'token'> | null {
  const { status, headers, whole } = exchange
  const base = tokenOfJson({ error: 'invalid_request' })
  if (base === null) return null
  const refusal = { ...base, error: null }
  if (status >= 300 && status < 400) return { ...refusal, result: 'redirected' }
  if (status >= 500 && headers.has('x-ms-request-id')) return refusal
  return whole || status === 405 || status === 429 ? { ...refusal, result: 'not-entra' } : null
}
