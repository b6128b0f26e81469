/** What few admins need: the login method, another login service, the proxy, the directory with the service connection points, and what narrows a failure down. */
import { useState } from 'react'
import type { Draft } from '../../../contract/contract.ts'
import { Choice } from '../../parts/Choice.tsx'
import { TextInput } from '../../parts/TextInput.tsx'
import { useWords } from '../../words.ts'
import type { GroupProps } from './BasicsForm.tsx'
import { BasicsSecret } from './BasicsSecret.tsx'
import { NarrowingDown } from './NarrowingDown.tsx'
import { visibleRemarks } from './basics.ts'
import { optionsOf } from './choices.ts'

type TextField = 'authority' | 'proxy' | 'noProxy' | 'proxyUser' | 'ldapUrl' | 'ldapUser' | 'ldapSite'
type Secret = 'proxyPassword' | 'ldapPassword'

export function MoreOptions(props: GroupProps) {
  const { state, isReadOnly, change } = props
  const { dialog } = useWords()
  const { draft } = state
  const [isOpen, setOpen] = useState(() => isUsed(draft))
  return (
    <details className="fold more-options" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{dialog.options.more}</summary>
      <p className="hint">{dialog.options.hint}</p>
      <fieldset className="group">
        <legend>{dialog.options.groups.scheme}</legend>
        <div className="pair">
          <Choice
            id="field-auth"
            label={dialog.fields.auth}
            value={draft.auth}
            options={optionsOf(dialog.options.auth)}
            isReadOnly={isReadOnly}
            onChange={(auth) => change({ auth })}
          />
          <Choice
            id="field-basicCharset"
            label={dialog.fields.basicCharset}
            value={draft.basicCharset}
            options={optionsOf(dialog.options.charsets)}
            isReadOnly={isReadOnly}
            describedBy="basicCharset-hint"
            onChange={(basicCharset) => change({ basicCharset })}
          />
        </div>
        <p id="basicCharset-hint" className="hint">
          {dialog.hints.basicCharset}
        </p>
        <Field {...props} field="authority" type="url" />
      </fieldset>
      <fieldset className="group">
        <legend>{dialog.options.groups.proxy}</legend>
        <Field {...props} field="proxy" type="url" />
        <Field {...props} field="noProxy" />
        <Field {...props} field="proxyUser" />
        <Password {...props} secret="proxyPassword" />
      </fieldset>
      <fieldset className="group">
        <legend>{dialog.options.groups.directory}</legend>
        <Field {...props} field="ldapUrl" type="url" />
        <Field {...props} field="ldapUser" />
        <Password {...props} secret="ldapPassword" />
        <Field {...props} field="ldapSite" />
      </fieldset>
      <NarrowingDown {...props} />
    </details>
  )
}

function Field({ field, type = 'text', ...props }: GroupProps & { field: TextField; type?: 'text' | 'url' }) {
  const { state, isReadOnly, change, leave } = props
  const { dialog } = useWords()
  return (
    <TextInput
      field={field}
      label={dialog.fields[field]}
      hint={dialog.hints[field]}
      type={type}
      value={state.draft[field]}
      remarks={visibleRemarks(state, field)}
      isReadOnly={isReadOnly}
      onChange={(value) => change({ [field]: value })}
      onLeave={() => leave(field)}
    />
  )
}

function Password({ secret, change: _change, ...props }: GroupProps & { secret: Secret }) {
  return <BasicsSecret secret={secret} {...props} />
}

/** Something in here is set, so it must not stay out of sight. */
function isUsed(draft: Draft): boolean {
  const texts = [draft.authority, draft.proxy, draft.noProxy, draft.proxyUser, draft.ldapUrl, draft.expectThumbprint]
  return (
    draft.worksInBrowser || draft.auth !== 'auto' || draft.basicCharset !== 'utf-8' || texts.some((text) => text !== '')
  )
}
