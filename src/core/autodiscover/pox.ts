/** Autodiscover as plain XML, [MS-OXDSCLI]: needs a login, understood by every server since Exchange 2007. */
import { child, children, childText, descendant, escapeXml, parseXml, type XmlElement } from '../network/xml.ts'
import type { HttpResult } from '../network/http.ts'
import { usableAnswer, type AutodiscoverAnswer } from './answer.ts'
import { readStatus } from './status.ts'

const requestSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'
const responseSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a'

export function poxUrl(origin: URL): URL {
  return new URL('/autodiscover/autodiscover.xml', origin)
}

/** Content type to the letter: some servers refuse variants. */
export const poxHeaders = { 'content-type': 'text/xml; charset=utf-8' } as const

export function poxRequest(address: string): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${requestSchema}"><Request>` +
    `<EMailAddress>${escapeXml(address)}</EMailAddress><AcceptableResponseSchema>${responseSchema}</AcceptableResponseSchema></Request></Autodiscover>`
  )
}

export function readPoxAnswer(result: HttpResult): AutodiscoverAnswer {
  return usableAnswer(readPox(result))
}

function readPox(result: HttpResult): AutodiscoverAnswer {
  if (result.kind === 'failed') return { kind: 'no-answer' }
  if (result.status !== 200) return readStatus(result)
  if (result.observation.body.kind !== 'xml') return { kind: 'not-autodiscover', status: result.status }
  return readPoxText(result.text, result.status)
}

/** The same answer saved as a file. */
export function readPoxFile(text: string): AutodiscoverAnswer {
  return usableAnswer(readPoxText(text, 200))
}

function readPoxText(text: string, status: number): AutodiscoverAnswer {
  const xml = parseXml(text)
  if (xml.kind === 'unsafe') return { kind: 'unsafe', reason: xml.reason }
  if (xml.kind === 'unreadable') return { kind: 'unreadable' }
  const response = child(xml.root, 'Response')
  if (xml.root.name !== 'Autodiscover' || response === undefined) return { kind: 'not-autodiscover', status }
  const error = child(response, 'Error') ?? descendant(response, 'Error')
  if (error !== undefined)
    return {
      kind: 'error',
      code: childText(error, 'ErrorCode') ?? 'unknown',
      level: 'response',
      message: childText(error, 'Message'),
    }
  const account = child(response, 'Account')
  switch (childText(account, 'Action')?.toLowerCase()) {
    case 'redirectaddr': {
      const to = childText(account, 'RedirectAddr')
      return to === null ? { kind: 'unreadable' } : { kind: 'redirect-address', to }
    }
    case 'redirecturl': {
      const to = childText(account, 'RedirectUrl')
      return to === null ? { kind: 'unreadable' } : { kind: 'redirect-url', to }
    }
    default:
      return ewsUrlOf(account)
  }
}

/** Outside first, then inside, then the node that is both; `ASUrl` is the availability service and usually the same address. */
function ewsUrlOf(account: XmlElement | undefined): AutodiscoverAnswer {
  const nodes = children(account, 'Protocol').flatMap((protocol) => {
    const type = childText(protocol, 'Type')?.toUpperCase() ?? protocol.attributes['Type']?.toUpperCase() ?? ''
    // WEB nests further Protocol elements for OWA; they name no EWS.
    return type === 'WEB' ? [] : [{ type, element: protocol }]
  })
  const order = ['EXPR', 'EXCH', 'EXHTTP']
  for (const field of ['EwsUrl', 'ASUrl']) {
    for (const type of [...order, '']) {
      for (const node of nodes) {
        if (type === '' ? order.includes(node.type) : node.type !== type) continue
        const ewsUrl = childText(node.element, field)
        if (ewsUrl !== null) return { kind: 'url', ewsUrl, node: field === 'EwsUrl' ? node.type : `${node.type} ASUrl` }
      }
    }
  }
  return { kind: 'no-url' }
}
