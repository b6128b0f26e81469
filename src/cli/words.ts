/** Language of the terminal, and its texts. */
import { languages, type Language } from '../contract/contract.ts'
import { automation as automationDe } from '../texts/automation.de.ts'
import { automation as automationEn } from '../texts/automation.en.ts'
import { cli as de } from '../texts/cli.de.ts'
import { cli as en } from '../texts/cli.en.ts'

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }
export type CliTexts = Words<typeof en>

const texts: Readonly<Record<Language, CliTexts>> = { de, en }

export function cliTexts(language: Language): CliTexts {
  return texts[language]
}

/** `--lang` before anything else is parsed, because usage messages need it too; else the locale. */
export function languageOf(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const index = argv.findIndex((argument) => argument === '--lang' || argument.startsWith('--lang='))
  const named = index === -1 ? undefined : (argv[index]?.split('=')[1] ?? argv[index + 1])?.toLowerCase()
  const known = languages.find((language) => language === named)
  if (known !== undefined) return known
  const locale =
    environment['LC_ALL'] ||
    environment['LC_MESSAGES'] ||
    environment['LANG'] ||
    Intl.DateTimeFormat().resolvedOptions().locale
  return /^de\b|^de_/i.test(locale) ? 'de' : 'en'
}

/** Texts of automatic calls, which the dialog has too. */
export function automationTexts(language: Language): typeof automationEn {
  return language === 'de' ? automationDe : automationEn
}
