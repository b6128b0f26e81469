// The demo's own XML: a strict reader on saxes for what clients send, and an escape for what it writes. Shares nothing with the product's reader.

import { SaxesParser } from 'saxes'

export type Element = {
  name: string
  namespace: string
  attributes: Record<string, string>
  children: Element[]
  /** All text directly inside, trimmed. */
  text: string
}

/** Reads a document. Returns null when it is not well-formed, has a DOCTYPE, or has no element. */
export function readXml(source: string): Element | null {
  const parser = new SaxesParser({ xmlns: true })
  const open: Element[] = []
  let root: Element | null = null
  let broken = false
  parser.on('error', () => {
    broken = true
  })
  parser.on('doctype', () => {
    broken = true
  })
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = {}
    for (const attribute of Object.values(tag.attributes)) attributes[attribute.local] = attribute.value
    const element: Element = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root ??= element
    open.push(element)
  })
  parser.on('text', (text) => {
    const element = open.at(-1)
    if (element) element.text += text
  })
  parser.on('cdata', (text) => {
    const element = open.at(-1)
    if (element) element.text += text
  })
  parser.on('closetag', () => {
    const element = open.pop()
    if (element) element.text = element.text.trim()
  })
  try {
    parser.write(source.replace(/^\uFEFF/, '')).close()
  } catch {
    return null
  }
  return broken ? null : root
}

/** The first element reached by this path of local names. */
export function find(element: Element | null | undefined, ...path: string[]): Element | undefined {
  let at: Element | undefined = element ?? undefined
  for (const name of path) at = at?.children.find((child) => child.name === name)
  return at
}

/** All descendants with this local name, in document order. */
export function findAll(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...findAll(child, name)])
}

/** Escapes text for element content and attribute values. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
}
