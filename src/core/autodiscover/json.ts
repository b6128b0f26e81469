/** Autodiscover v2: one anonymous GET, one URL. (HMA-MOB; knowledge 1.6) */
import { header } from '../network/headers.ts'
import type { HttpResult } from '../network/http.ts'
import { jsonObject } from '../network/json.ts'
import { usableAnswer, type AutodiscoverAnswer } from './answer.ts'
import { readStatus } from './status.ts'

/** `https://<host>/autodiscover/autodiscover.json/v1.0/<address>?Protocol=EWS` */
export function jsonUrl(origin: URL, address: string): URL {
  return new URL(
    `/autodiscover/autodiscover.json/v1.0/${encodeURIComponent(address).replace('%40', '@')}?Protocol=EWS`,
    origin,
  )
}

export function readJsonAnswer(result: HttpResult): AutodiscoverAnswer {
  return usableAnswer(readJson(result))
}

function readJson(result: HttpResult): AutodiscoverAnswer {
  if (result.kind === 'failed') return { kind: 'no-answer' }
  const body = jsonObject(result.text)
  const error = body['ErrorCode']
  if (typeof error === 'string')
    return {
      kind: 'error',
      code: error,
      level: null,
      message: typeof body['ErrorMessage'] === 'string' ? body['ErrorMessage'] : null,
    }
  if (header(result.headers, 'jsonerror') !== null)
    return { kind: 'error', code: 'unknown', level: null, message: null }
  if (result.status !== 200) return readStatus(result)
  const url = body['Url']
  if (typeof url === 'string' && url !== '') return { kind: 'url', ewsUrl: url, node: null }
  return result.observation.body.kind === 'json'
    ? { kind: 'no-url' }
    : { kind: 'not-autodiscover', status: result.status }
}
