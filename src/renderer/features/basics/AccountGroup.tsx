/** Rows A1 and A6: the Exchange account. */
import { TextInput } from '../../parts/TextInput.tsx'
import { useWords } from '../../words.ts'
import { BasicsSecret } from './BasicsSecret.tsx'
import type { GroupProps } from './BasicsForm.tsx'
import { visibleRemarks } from './basics.ts'

export function AccountGroup({ state, isReadOnly, change, leave, ...secrets }: GroupProps) {
  const { dialog } = useWords()
  return (
    <fieldset className="group">
      <legend>{dialog.groups.account}</legend>
      <TextInput
        field="email"
        label={dialog.fields.email}
        hint={dialog.hints.email}
        type="email"
        isRequired
        value={state.draft.email}
        remarks={visibleRemarks(state, 'email')}
        missing={state.addressMissing ? dialog.empty.email : undefined}
        isReadOnly={isReadOnly}
        onChange={(email) => change({ email })}
        onLeave={() => leave('email')}
      />
      <BasicsSecret
        secret="password"
        hint={dialog.hints.passwordOptional}
        {...{ state, isReadOnly, leave }}
        {...secrets}
      />
      <TextInput
        field="userName"
        label={dialog.fields.userName}
        hint={dialog.hints.userName}
        value={state.draft.userName}
        remarks={visibleRemarks(state, 'userName')}
        isReadOnly={isReadOnly}
        onChange={(userName) => change({ userName })}
        onLeave={() => leave('userName')}
      />
    </fieldset>
  )
}
