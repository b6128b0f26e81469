/**
 * A tokenizer for the part of PowerShell that the generated scripts use. It is no PowerShell: it follows the rules of about_Quoting_Rules
 * for strings and comments and knows brackets, and stands in where PowerShell's own parser cannot be had.
 */
export type Token = { kind: 'string' | 'expandable' | 'comment' | 'open' | 'close' | 'other' | 'newline'; text: string }

const single = "'\u2018\u2019\u201a\u201b"
const double = '"\u201c\u201d\u201e'
const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** Tokens, with the values of single-quoted strings. Throws where a string or a bracket does not end. */
export function powershellTokens(source: string): Token[] {
  const tokens: Token[] = []
  const open: string[] = []
  let at = 0
  const push = (kind: Token['kind'], text: string) => tokens.push({ kind, text })
  while (at < source.length) {
    const character = source[at] ?? ''
    if (character === '\n' || character === '\r') {
      push('newline', '')
      at += 1
    } else if (character === '#') {
      const end = source.slice(at).search(/[\r\n]/)
      const text = end === -1 ? source.slice(at) : source.slice(at, at + end)
      push('comment', text)
      at += text.length
    } else if (single.includes(character)) {
      const { value, end } = singleQuoted(source, at + 1)
      push('string', value)
      at = end
    } else if (double.includes(character)) {
      at = doubleQuoted(source, at + 1)
      push('expandable', '')
    } else if ('([{'.includes(character)) {
      open.push(character)
      push('open', character)
      at += 1
    } else if (')]}'.includes(character)) {
      if (open.pop() !== pairs[character])
        throw new Error(`a ${character} too many near ${source.slice(at - 40, at + 1)}`)
      push('close', character)
      at += 1
    } else if (character === '`') {
      at += 2
    } else if (/\s/.test(character)) {
      at += 1
    } else {
      const word = /^[^\s()[\]{}'"\u2018-\u201f`#]+/.exec(source.slice(at))?.[0] ?? character
      push('other', word)
      at += word.length
    }
  }
  if (open.length > 0) throw new Error(`${open.join('')} is never closed`)
  return tokens
}

function singleQuoted(source: string, from: number): { value: string; end: number } {
  let value = ''
  for (let at = from; at < source.length; at += 1) {
    const character = source[at] ?? ''
    if (!single.includes(character)) value += character
    else if (single.includes(source[at + 1] ?? ' ')) {
      value += character
      at += 1
    } else return { value, end: at + 1 }
  }
  throw new Error('a single-quoted string never ends')
}

function doubleQuoted(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    const character = source[at] ?? ''
    if (character === '`') at += 1
    else if (character === '$' && source[at + 1] === '(') at = subexpression(source, at + 2)
    else if (double.includes(character)) {
      if (!double.includes(source[at + 1] ?? ' ')) return at + 1
      at += 1
    }
  }
  throw new Error('a double-quoted string never ends')
}

/** The position of the bracket that closes a `$(…)`. */
function subexpression(source: string, from: number): number {
  let depth = 1
  for (let at = from; at < source.length; at += 1) {
    const character = source[at] ?? ''
    if (single.includes(character)) at = singleQuoted(source, at + 1).end - 1
    else if (double.includes(character)) at = doubleQuoted(source, at + 1) - 1
    else if (character === '(') depth += 1
    else if (character === ')' && (depth -= 1) === 0) return at
  }
  throw new Error('a subexpression never ends')
}

/** The value that is assigned to a variable: a string, or a sum of strings and numbered characters. */
export function assigned(tokens: readonly Token[], variable: string): string | undefined {
  const at = tokens.findIndex((token, index) => token.text === variable && tokens[index + 1]?.text === '=')
  if (at === -1) return undefined
  const rest = tokens.slice(at + 2)
  const line = rest.slice(
    0,
    rest.findIndex((token) => token.kind === 'newline'),
  )
  return line
    .map((token) =>
      token.kind === 'string'
        ? token.text
        : /^0x[0-9A-F]{4}$/.test(token.text)
          ? String.fromCharCode(Number(token.text))
          : '',
    )
    .join('')
}
