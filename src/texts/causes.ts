/** The title of a cause without the facts of one mailbox: a heading for all that have it. */
import { textsOf, type Language } from './index.ts'

export function causeTitle(id: string, language: Language): string {
  const { findings, transfer } = textsOf(language)
  if (id === '') return transfer.batch.noCause
  const table: Readonly<Record<string, { title: string | { one: string; other: string } }>> = findings
  const title = Object.hasOwn(table, id) ? table[id]?.title : undefined
  const template =
    id === 'no-profile' ? transfer.batch.noSettings : typeof title === 'string' ? title : (title?.other ?? id)
  return template.replaceAll(/\{[a-zA-Z]\w*\}/g, '…')
}
