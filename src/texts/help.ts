/**
 * Help on every finding: what is behind it and how the program knows. Loaded when somebody asks for it, so that a window does not
 * carry it at its start; bundled, so that it can be read without a network.
 */
import type { FindingId } from '../core/findings/catalogue.ts'
import type { Language } from './format.ts'

/** Help on one finding as it is written. General sentences without placeholders. */
export type HelpWords = {
  /** What is behind it, how it comes about, how it differs from what looks alike. */
  readonly meaning: string
  /** Which answer or comparison shows it, how sure that is, and what would speak against it. */
  readonly knows: string
  /** Cmdlets, and paths through a portal, to look it up or to change it. `<…>` stands for the reader's own value. */
  readonly commands?: readonly string[]
}

/** Help on one finding as it is shown. `sources` name what it rests on; never empty. */
export type HelpEntry = HelpWords & { readonly sources: readonly string[] }

export type Help = Readonly<Record<FindingId, HelpEntry>>

/** Help on one finding. One from a newer version, which has no help here, is told as an unknown cause. */
export async function loadHelpOn(id: string, language: Language): Promise<HelpEntry> {
  const help: Readonly<Record<string, HelpEntry>> & Help = await loadHelp(language)
  return (Object.hasOwn(help, id) ? help[id] : undefined) ?? help['cause-unknown']
}

/** The help of one language. Rejects only when the program's own files cannot be read. */
export async function loadHelp(language: Language): Promise<Help> {
  const { help } = language === 'de' ? await import('./help.de.ts') : await import('./help.en.ts')
  return help
}
