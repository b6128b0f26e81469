/** Writes a script out: its code, with every sentence in one language. */
import type { Script, ScriptLine } from '../../core/registration/script.ts'
import { fill, type Language } from '../format.ts'
import { scripts as de } from './scripts.de.ts'
import { scripts as en } from './scripts.en.ts'

/** Columns of a comment, its mark included. */
const width = 110

/** The script as text, ending with a line feed. */
export function scriptText(script: Script, language: Language): string {
  const words = language === 'de' ? de : en
  const write = (line: ScriptLine): string => {
    switch (line.kind) {
      case 'code':
        return line.text
      case 'say':
        return `${line.before}'${escaped(words[line.id], script.escapes)}'${line.after}`
      case 'comment': {
        const indent = ' '.repeat(line.indent)
        return wrapped(fill(words[line.id], line.facts, language), width - indent.length - 2)
          .map((text) => `${indent}# ${text}`)
          .join('\n')
      }
    }
  }
  return `${script.lines.map((line) => write(line)).join('\n')}\n`
}

function escaped(text: string, table: Readonly<Record<string, string>>): string {
  return Array.from(text, (character) => table[character] ?? character).join('')
}

/** Words in lines of at most this length; whatever could end a line of a script counts as a blank. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/[\s\p{Cc}\p{Zl}\p{Zp}]+/u)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length > columns && line !== '') {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}
