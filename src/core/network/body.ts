/** What a body is, and the beginning of one that is neither XML nor JSON; enough to recognise a gateway. */
import type { ObservationOf } from '../evidence/schema.ts'
import { limits } from '../limits.ts'

/** Judged by its beginning; the content type only tells HTML from XML. */
export function bodyKind(text: string, contentType: string): ObservationOf<'http'>['body']['kind'] {
  const start = text
    .slice(0, 1_000)
    .replace(/^\ufeff/, '')
    .trimStart()
    .toLowerCase()
  if (start === '') return 'none'
  if (start.startsWith('<')) {
    const isHtml = /^<(!doctype html|html|head|body)/.test(start) || /<html[\s>]/.test(start)
    return isHtml || (/html/i.test(contentType) && !start.startsWith('<?xml')) ? 'html' : 'xml'
  }
  if (/^[[{]/.test(start)) return 'json'
  return start.includes('\u0000') || start.includes('\ufffd') ? 'binary' : 'text'
}

/**
 * The words of a page's beginning without its markup, scripts and styles. Only ever looks forward, so that a page of nothing but
 * angle brackets costs no more than another.
 */
export function plainHead(text: string): string {
  const page = text.slice(0, 20_000)
  const lower = page.toLowerCase()
  let words = ''
  for (let at = 0; at < page.length;) {
    const tag = page.indexOf('<', at)
    words += page.slice(at, tag === -1 ? page.length : tag) + ' '
    if (tag === -1) break
    const hidden = ['script', 'style'].find((name) => lower.startsWith(name, tag + 1))
    const end = hidden === undefined ? tag : lower.indexOf(`</${hidden}`, tag)
    const close = end === -1 ? -1 : page.indexOf('>', end)
    if (close === -1) break
    at = close + 1
  }
  return words.replace(/\s+/g, ' ').trim().slice(0, limits.bodyHeadCharacters)
}
