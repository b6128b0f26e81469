/** What an admin knows or wants tried when a run failed: another user name, another mailbox, the certificate that should be there, a browser that works. */
import { Switch } from 'react-aria-components'
import { TextInput } from '../../parts/TextInput.tsx'
import { useWords } from '../../words.ts'
import type { GroupProps } from './BasicsForm.tsx'
import { visibleRemarks } from './basics.ts'

export function NarrowingDown({ state, isReadOnly, change, changeSecond, leave }: GroupProps) {
  const { dialog } = useWords()
  const { draft, second } = state
  return (
    <fieldset className="group">
      <legend>{dialog.options.groups.narrow}</legend>
      <TextInput
        field="secondUserName"
        label={dialog.fields.secondUserName}
        hint={dialog.hints.secondUserName}
        value={second.userName}
        remarks={visibleRemarks(state, 'secondUserName')}
        isReadOnly={isReadOnly}
        onChange={(userName) => changeSecond({ userName })}
        onLeave={() => leave('secondUserName')}
      />
      <TextInput
        field="secondMailbox"
        label={dialog.fields.secondMailbox}
        hint={dialog.hints.secondMailbox}
        type="email"
        value={second.mailbox}
        remarks={visibleRemarks(state, 'secondMailbox')}
        isReadOnly={isReadOnly}
        onChange={(mailbox) => changeSecond({ mailbox })}
        onLeave={() => leave('secondMailbox')}
      />
      <TextInput
        field="expectThumbprint"
        label={dialog.fields.expectThumbprint}
        hint={dialog.hints.expectThumbprint}
        value={draft.expectThumbprint}
        remarks={visibleRemarks(state, 'expectThumbprint')}
        isReadOnly={isReadOnly}
        onChange={(expectThumbprint) => change({ expectThumbprint })}
        onLeave={() => leave('expectThumbprint')}
      />
      <div className="field">
        <Switch
          className="switch"
          isSelected={draft.worksInBrowser}
          isReadOnly={isReadOnly}
          onChange={(worksInBrowser) => change({ worksInBrowser })}
          aria-describedby="worksInBrowser-hint"
        >
          <span className="switch-track">
            <span className="switch-thumb" />
          </span>
          <span>{dialog.fields.worksInBrowser}</span>
        </Switch>
        <div id="worksInBrowser-hint" className="hint">
          {dialog.hints.worksInBrowser}
        </div>
      </div>
    </fieldset>
  )
}
