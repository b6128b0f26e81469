/** A wrong usage: its words, and exit code 2. Nothing was sent. */
import type { Language } from '../contract/contract.ts'
import { cliTexts } from './words.ts'
import { fill } from '../texts/format.ts'
import type { cli } from '../texts/cli.en.ts'

export type UsageId = keyof typeof cli.usage

export class UsageError extends Error {
  readonly id: UsageId
  readonly facts: Record<string, string | number>
  constructor(id: UsageId, facts: Record<string, string | number> = {}) {
    super(id)
    this.id = id
    this.facts = facts
  }
}

export function usageWords(error: UsageError, language: Language): string {
  return fill(cliTexts(language).usage[error.id], error.facts, language)
}
