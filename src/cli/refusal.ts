/** A command that refuses to go on, in the words of its feature. */
import type { Language } from '../contract/contract.ts'
import type { Facts } from '../core/evidence/schema.ts'
import { configurationCommands as de } from '../texts/configurationCommands.de.ts'
import { configurationCommands as en } from '../texts/configurationCommands.en.ts'
import { fill } from '../texts/format.ts'

export function commandTexts(language: Language): typeof en {
  return language === 'de' ? de : en
}

export class Refused extends Error {
  readonly code: number
  /** `message` is what the person reads; `code` the exit code. */
  constructor(message: string, code = 2) {
    super(message)
    this.code = code
  }
}

export function refuse(id: keyof typeof en.refusals, language: Language, facts: Facts = {}): Refused {
  return new Refused(fill(commandTexts(language).refusals[id], facts, language))
}
