/** The lists to choose from. They stand here and not in an import, so that the window does not carry the contract's schemas. */
import type { Draft } from '../../../contract/contract.ts'
import type { Words } from '../../words.ts'

type Version = NonNullable<Draft['ewsVersion']>

const versions: Record<Exclude<Version, 'auto'>, string> = {
  Exchange2007_SP1: 'Exchange2007_SP1',
  Exchange2010: 'Exchange2010',
  Exchange2010_SP1: 'Exchange2010_SP1',
  Exchange2010_SP2: 'Exchange2010_SP2',
  Exchange2013: 'Exchange2013',
  Exchange2013_SP1: 'Exchange2013_SP1',
  Exchange2016: 'Exchange2016',
}

type Dialog = Words['dialog']

export function versionsOf(dialog: Dialog): { value: Version | 'none'; label: string }[] {
  const named = Object.entries(versions) as [Exclude<Version, 'auto'>, string][]
  return [
    { value: 'auto', label: dialog.version.auto },
    ...named.map(([value, label]) => ({ value, label })),
    { value: 'none', label: dialog.version.none },
  ]
}

/** A list from its words, in the order in which they are written. */
export function optionsOf<T extends string>(labels: Readonly<Record<T, string>>): { value: T; label: string }[] {
  return (Object.entries(labels) as [T, string][]).map(([value, label]) => ({ value, label }))
}

export function cloudsOf(dialog: Dialog): { value: Draft['cloud']; label: string }[] {
  return optionsOf<Draft['cloud']>(dialog.clouds)
}
