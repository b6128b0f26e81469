/** Answers of EWS and of Autodiscover without the HTTP around them: SOAP, plain XML, and the JSON of version 2. */
import { autodiscoverObservation, type AutodiscoverAnswer } from '../autodiscover/answer.ts'
import { readJsonAnswer } from '../autodiscover/json.ts'
import { readPoxAnswer } from '../autodiscover/pox.ts'
import { readSoapAnswer } from '../autodiscover/soap.ts'
import type { LoginScheme } from '../evidence/logins.ts'
import type { ObservationOf, StepSummary } from '../evidence/schema.ts'
import { readEwsAnswer } from '../ews/answer.ts'
import type { HttpAnswer } from '../network/http.ts'
import { child, parseXml } from '../network/xml.ts'
import { hostOf, parseUrl } from '../network/url.ts'
import type { EwsVersion } from '../settings/ewsVersions.ts'
import { answerOf, unnamedUrl } from './pastedAnswer.ts'
import type { Pasted, PastedStep } from './pasted.ts'
import { withoutSecrets } from './redaction.ts'

export type DocumentKind = 'ews' | 'soap' | 'pox' | 'json'

/** What a document is, by its root and by what the root holds; null for any other. */
export function documentKind(text: string): DocumentKind | null {
  if (text.startsWith('{')) return null
  const xml = parseXml(text)
  if (xml.kind !== 'document') return null
  const { root } = xml
  // The same file serves phones with answers of another schema, which name no EWS.
  if (root.name === 'Autodiscover') return /mobilesync/i.test(text) ? null : 'pox'
  if (root.name !== 'Envelope') return null
  const body = child(root, 'Body')
  if (body === undefined) return null
  // Requests are pasted as well, and answer nothing.
  if (body.children.some((one) => /^(GetUserSettingsRequest|GetFolder$|ConvertId$)/.test(one.name))) return null
  return text.includes('exchange/2010/Autodiscover') ? 'soap' : 'ews'
}

/** A bare document. Its status is unknown; readers look at what it says. */
export function readDocument(text: string, kind: DocumentKind): Pasted {
  const answer = answerOf({
    method: 'POST',
    url: '',
    credentials: 'none',
    status: null,
    headers: new Map(),
    text,
  })
  if (kind === 'ews') {
    const soap = soapOf(answer, { scheme: null, version: null })
    return soap === null ? null : { shape: 'ews-xml', steps: [ewsStep({ ...soap, status: null }, [])] }
  }
  const step = autodiscoverStep(answer, kind, { withHttp: false })
  return step === null ? null : { shape: kind === 'json' ? 'autodiscover-json' : 'autodiscover-xml', steps: [step] }
}

type Asked = { scheme: LoginScheme | null; version: EwsVersion | null }

/**
 * What EWS said, null where the body is no answer of EWS. Who logged in and which version was asked for is known from the request
 * alone; without it the version stays unknown, and Basic stands in, of which no rule concludes anything here.
 */
export function soapOf(answer: HttpAnswer, asked: Asked): ObservationOf<'soap'> | null {
  const read = readEwsAnswer(answer)
  if (read.result !== 'success' && read.result !== 'error' && read.result !== 'fault') return null
  const message = read.message === null ? null : withoutSecrets(read.message, 500)
  // Only tokens of applications are told that this header is missing.
  const byToken = message?.includes('ExchangeImpersonation') === true && read.responseCode === null
  return {
    kind: 'soap',
    url: answer.observation.url,
    operation: answer.text.includes('ConvertIdResponse') ? 'ConvertId' : 'GetFolder',
    version: asked.version,
    scheme: asked.scheme ?? (byToken ? 'oauth' : 'basic'),
    impersonated: false,
    result: read.result,
    status: read.status,
    responseCode: read.responseCode?.slice(0, 200) ?? null,
    message,
    server: read.server,
    backOffMs: read.backOffMs,
    value: read.value === null ? null : withoutSecrets(read.value, 300),
  }
}

export function ewsStep(soap: ObservationOf<'soap'>, before: readonly ObservationOf<'http'>[]): PastedStep {
  const good = soap.result === 'success'
  return {
    name: 'mailbox',
    target: null,
    phase: 'mailbox',
    summary: good
      ? { text: 'endpoint-open', facts: {} }
      : { text: 'soap-error', facts: { code: soap.responseCode ?? 'Fault' } },
    observations: [...before, soap],
    verdict: good ? 'good' : 'bad',
  }
}

/** What Autodiscover said; null where the answer does not belong to it. */
export function autodiscoverStep(
  answer: HttpAnswer,
  source: 'soap' | 'pox' | 'json',
  o: { withHttp: boolean },
): PastedStep | null {
  const said = saidBy(answer, source)
  const url = parseUrl(answer.observation.url)
  const observation = autodiscoverObservation({ source, url: url ?? unnamedUrl, address: '', answer: said })
  if (url === null) Object.assign(observation, { host: '', url: null })
  if (observation.message !== null) observation.message = withoutSecrets(observation.message, 300)
  // Settings that nobody asked for are missing without meaning anything.
  const unasked = source === 'soap' && said.kind === 'no-url' && !answer.text.includes('EwsUrl')
  if (!o.withHttp && (said.kind === 'not-autodiscover' || said.kind === 'unreadable' || unasked)) return null
  return {
    name: source,
    target: url === null ? null : hostOf(url),
    phase: 'discovery',
    summary: summaryOf(said, observation.redirect),
    observations: [...(o.withHttp ? [answer.observation] : []), ...(unasked ? [] : [observation])],
    verdict: verdictOf(said),
  }
}

function saidBy(answer: HttpAnswer, source: 'soap' | 'pox' | 'json'): AutodiscoverAnswer {
  // Readers resolve redirects against the URL that was asked.
  const url = answer.observation.url === '' ? unnamedUrl.href : answer.observation.url
  const asked: HttpAnswer = { ...answer, observation: { ...answer.observation, url } }
  switch (source) {
    case 'soap':
      return readSoapAnswer(asked)
    case 'pox':
      return readPoxAnswer(asked)
    case 'json':
      return readJsonAnswer(asked)
  }
}

function verdictOf(said: AutodiscoverAnswer): PastedStep['verdict'] {
  if (said.kind === 'url') return 'good'
  return said.kind === 'redirect-address' || said.kind === 'redirect-url' ? 'open' : 'bad'
}

function summaryOf(said: AutodiscoverAnswer, to: string | null): StepSummary {
  switch (said.kind) {
    case 'url':
      return { text: 'autodiscover-url', facts: { ewsUrl: said.ewsUrl } }
    case 'no-url':
      return { text: 'autodiscover-no-url', facts: {} }
    case 'redirect-url':
      return { text: 'autodiscover-redirects', facts: { to } }
    case 'redirect-address':
      return { text: 'autodiscover-redirects-address', facts: { to } }
    case 'error':
      return { text: 'autodiscover-error', facts: { code: said.code } }
    case 'needs-login':
      return { text: 'autodiscover-needs-login', facts: { offered: [...said.offered] } }
    case 'foreign-login':
      return { text: 'autodiscover-foreign-login', facts: { host: null } }
    case 'not-autodiscover':
      return { text: 'autodiscover-not-here', facts: { status: said.status } }
    case 'unsafe':
      return { text: 'autodiscover-unsafe', facts: {} }
    case 'unreadable':
    case 'no-answer':
      return { text: 'autodiscover-unreadable', facts: {} }
  }
}

/** True for the JSON of Autodiscover version 2 about EWS: an URL of it, or an error. */
export function isAutodiscoverJson(body: Readonly<Record<string, unknown>>): boolean {
  if (typeof body['ErrorCode'] === 'string' && typeof body['ErrorMessage'] === 'string') return true
  return typeof body['Url'] === 'string' && String(body['Protocol']).toLowerCase() === 'ews'
}
