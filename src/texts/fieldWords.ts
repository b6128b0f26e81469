/** Names and values of settings for people: in the differences of an import and on the sheet. */
import { textsOf, type Language } from './index.ts'

/** A path without words of its own, such as one from a newer version, is shown as it is, without the part all have in common. */
export function fieldName(path: string, language: Language): string {
  const names: Readonly<Record<string, string>> = textsOf(language).transfer.fields
  return (Object.hasOwn(names, path) ? names[path] : undefined) ?? path.replace(/^settings\./, '')
}

/** A value as it was told for its path; choices by the words that the dialog has for them. */
export function fieldValue(path: string, value: string | null, language: Language): string {
  const { transfer, dialog, run, automation } = textsOf(language)
  if (value === null) return transfer.import.nothingThere
  if (value === 'true') return transfer.yes
  if (value === 'false') return transfer.no
  return named(tables[path]?.({ transfer, dialog, run, automation }) ?? {}, value)
}

type Words = Pick<ReturnType<typeof textsOf>, 'transfer' | 'dialog' | 'run' | 'automation'>
const tables: Readonly<Record<string, (words: Words) => Readonly<Record<string, string>>>> = {
  'settings.cloud': ({ dialog }) => dialog.clouds,
  'settings.auth': ({ run, dialog }) => ({ ...run.schemes, auto: dialog.version.auto }),
  'settings.ewsVersion': ({ dialog }) => ({ auto: dialog.version.auto }),
  'settings.ewsUrlOrigin': ({ transfer }) => transfer.origins,
  'settings.ewsUrlSource': ({ dialog }) => dialog.sources,
  'settings.clientCredential': ({ dialog }) => dialog.options.credentials,
  'settings.basicCharset': ({ dialog }) => dialog.options.charsets,
  'policy.mode': ({ automation }) => ({ 'at-once': automation.policy.atOnce, delayed: automation.policy.delayed }),
}

function named(table: Readonly<Record<string, string>>, value: string): string {
  return (Object.hasOwn(table, value) ? table[value] : undefined) ?? value
}
