/** How a value stands in a script so that it cannot break out, for each language. Nothing else here writes a value into code. */

export type ScriptLanguage = 'powershell' | 'bash'

/**
 * What each character of a single-quoted string is written as; every other character stands for itself. PowerShell takes the
 * typographic single quotes for quotes too (about_Quoting_Rules), and two of the same in a row for the character.
 */
export const escapes: Readonly<Record<ScriptLanguage, Readonly<Record<string, string>>>> = {
  powershell: {
    "'": "''",
    '\u2018': '\u2018\u2018',
    '\u2019': '\u2019\u2019',
    '\u201a': '\u201a\u201a',
    '\u201b': '\u201b\u201b',
  },
  bash: { "'": `'\\''` },
}

/**
 * An expression with exactly this value. PowerShell 5.1 reads a file without a byte order mark in the machine's own code page, in which
 * the bytes of an "Ñ" contain a quote; so there everything but printable ASCII is written by its number. No shell can hold a NUL, so
 * that one character is left out.
 */
export function quoted(value: string, language: ScriptLanguage): string {
  const text = value.replaceAll('\0', '')
  if (language === 'bash') return literal(text, language)
  const parts = text.match(/[ -~]+|[^ -~]/g) ?? ['']
  const written = parts.map((part) => (/^[ -~]*$/.test(part) ? literal(part, language) : numbered(part)))
  // A number in front would make the sum one of numbers.
  const sum = written.length > 1 || written[0]?.startsWith('[') === true
  return sum ? `('' + ${written.join(' + ')})` : (written[0] ?? "''")
}

function literal(text: string, language: ScriptLanguage): string {
  const table = escapes[language]
  return `'${Array.from(text, (character) => table[character] ?? character).join('')}'`
}

/** One UTF-16 unit; a pair of surrogates comes as two of them. */
function numbered(unit: string): string {
  return `[char]0x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** A PowerShell array of string literals. */
export function quotedList(values: readonly string[]): string {
  return `@(${values.map((value) => quoted(value, 'powershell')).join(', ')})`
}
