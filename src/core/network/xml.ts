/**
 * XML from strangers, read into a small tree: no document type, no entities of its own, and limits on depth, elements, attributes
 * and text. Namespaces are resolved; callers look at local names, because prefixes differ from server to server.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { limits } from '../limits.ts'

export type XmlElement = {
  name: string
  namespace: string
  attributes: Readonly<Record<string, string>>
  children: readonly XmlElement[]
  text: string
}

export type XmlResult =
  | { kind: 'document'; root: XmlElement }
  /** Refused before it was read to the end: what it contained is a danger, not a mistake. */
  | { kind: 'unsafe'; reason: 'doctype' | 'entity' | 'depth' | 'elements' | 'attributes' | 'text' }
  | { kind: 'unreadable' }

type Building = {
  name: string
  namespace: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string
}

class Unsafe extends Error {
  readonly reason: Extract<XmlResult, { kind: 'unsafe' }>['reason']
  constructor(reason: Extract<XmlResult, { kind: 'unsafe' }>['reason']) {
    super(reason)
    this.reason = reason
  }
}

/** Parses a whole document. Never throws. */
export function parseXml(text: string): XmlResult {
  const parser = new SaxesParser({ xmlns: true })
  const open: Building[] = []
  let root: XmlElement | undefined
  let elements = 0
  let characters = 0
  const keep = (data: string): void => {
    characters += data.length
    if (characters > limits.xmlTextCharacters) throw new Unsafe('text')
    const current = open.at(-1)
    if (current !== undefined) current.text += data
  }
  parser.on('doctype', () => {
    throw new Unsafe('doctype')
  })
  parser.on('error', (error) => {
    throw /entity/i.test(error.message) ? new Unsafe('entity') : error
  })
  parser.on('opentag', (tag: SaxesTagNS) => {
    if (++elements > limits.xmlElements) throw new Unsafe('elements')
    if (open.length >= limits.xmlDepth) throw new Unsafe('depth')
    const attributes = Object.values(tag.attributes)
    if (attributes.length > limits.xmlAttributes) throw new Unsafe('attributes')
    open.push({
      name: tag.local,
      namespace: tag.uri,
      attributes: Object.fromEntries(attributes.map((attribute) => [attribute.local, attribute.value])),
      children: [],
      text: '',
    })
  })
  parser.on('text', keep)
  parser.on('cdata', keep)
  parser.on('closetag', () => {
    const element = open.pop()
    if (element === undefined) return
    const parent = open.at(-1)
    if (parent === undefined) root = element
    else parent.children.push(element)
  })
  try {
    parser.write(text.replace(/^\ufeff/, '')).close()
  } catch (error) {
    return error instanceof Unsafe ? { kind: 'unsafe', reason: error.reason } : { kind: 'unreadable' }
  }
  return root === undefined ? { kind: 'unreadable' } : { kind: 'document', root }
}

/** First child with this local name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((entry) => entry.name === name)
}

export function children(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((entry) => entry.name === name) ?? []
}

/** First element with this local name at any depth, document order. */
export function descendant(element: XmlElement | undefined, name: string): XmlElement | undefined {
  for (const entry of element?.children ?? []) {
    const found = entry.name === name ? entry : descendant(entry, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** Trimmed text of a child, null where it is absent or empty. */
export function childText(element: XmlElement | undefined, name: string): string | null {
  const text = child(element, name)?.text.trim() ?? ''
  return text === '' ? null : text
}

/** A value safe to stand between tags or in a double-quoted attribute of our own requests. */
export function escapeXml(text: string): string {
  // Characters that XML 1.0 cannot carry at all are dropped.
  return Array.from(text)
    .filter((character) => isXmlCharacter(character.codePointAt(0) ?? 0))
    .map((character) => (/[<>&"']/.test(character) ? `&#${character.codePointAt(0) ?? 0};` : character))
    .join('')
}

/** XML 1.0 section 2.2, production Char. */
function isXmlCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code < 0xd800) ||
    (code > 0xdfff && code < 0xfffe) ||
    code >= 0x10000
  )
}
