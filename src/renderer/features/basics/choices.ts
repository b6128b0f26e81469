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

export function cloudsOf(dialog: Dialog): { value: Draft['cloud']; label: string }[] {
  const labels: Record<Draft['cloud'], string> = dialog.clouds
  return (Object.entries(labels) as [Draft['cloud'], string][]).map(([value, label]) => ({ value, label }))
}
