/** The form of the dialog: its groups in the order of the rows A1 to A13. */
import type { ReactNode } from 'react'
import type { Draft, FieldName, SecondForm, SecretKind } from '../../../contract/contract.ts'
import { Icon } from '../../parts/Icon.tsx'
import { fieldId } from '../../parts/TextInput.tsx'
import { useWords } from '../../words.ts'
import { AccountGroup } from './AccountGroup.tsx'
import { AddressGroup } from './AddressGroup.tsx'
import { InterfaceGroup } from './InterfaceGroup.tsx'
import { MoreOptions } from './MoreOptions.tsx'
import { OAuthGroup } from './OAuthGroup.tsx'
import { PolicyGroup } from './PolicyGroup.tsx'
import type { PolicyControl } from './usePolicy.ts'
import { wrongFields, type Basics } from './basics.ts'

export type GroupProps = {
  state: Basics
  isReadOnly: boolean
  change: (change: Partial<Draft>) => void
  changeSecond: (change: Partial<SecondForm>) => void
  leave: (field: FieldName) => void
  typeSecret: (secret: SecretKind, value: string) => void
  replaceSecret: (secret: SecretKind, on: boolean) => void
  removeSecret: (secret: SecretKind) => void
}

export function focusField(field: FieldName): void {
  const element = document.getElementById(fieldId(field))
  // A field in a closed part cannot take the focus.
  const part = element?.closest('details')
  if (part) part.open = true
  element?.focus()
}

export function BasicsForm({ above, policy, ...group }: GroupProps & { above: ReactNode; policy: PolicyControl }) {
  return (
    <div className="form">
      {above}
      <WrongFields state={group.state} />
      <AccountGroup {...group} />
      <OAuthGroup {...group} />
      <InterfaceGroup {...group} />
      <AddressGroup {...group} />
      <PolicyGroup policy={policy} isReadOnly={group.isReadOnly} />
      <MoreOptions {...group} />
    </div>
  )
}

/** With several wrong fields, a summary above them leads to each. */
function WrongFields({ state }: { state: Basics }) {
  const { dialog, count } = useWords()
  if (!state.summary) return null
  const wrong = wrongFields(state.remarks, state.addressMissing)
  return (
    <div className="notice notice-error" role="group" aria-label={count(dialog.summary.title, wrong.length)}>
      <Icon name="cross" />
      <div>
        <strong>{count(dialog.summary.title, wrong.length)}</strong>
        <ul className="plain">
          {wrong.map((field) => (
            <li key={field}>
              <a
                href={`#${fieldId(field)}`}
                onClick={(event) => {
                  event.preventDefault()
                  focusField(field)
                }}
              >
                {dialog.fields[field]}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
