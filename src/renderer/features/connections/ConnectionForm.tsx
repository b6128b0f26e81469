/** Adds or changes a connection. An empty password field keeps what is saved. */
import { useState, type FormEvent } from 'react'
import { Button } from 'react-aria-components'
import type { ConnectionRow } from '../../../contract/connections.ts'
import type { Policy } from '../../../contract/policy.ts'
import { refusalOf, useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { useWords, type Words } from '../../words.ts'
import { isPolicyGood, PolicyFields } from './PolicyFields.tsx'

export function ConnectionForm(props: {
  /** Null: a new one. */
  row: ConnectionRow | null
  /** The profile's policy: what an own one begins with. */
  policy: Policy
  onDone: (id: string) => void
  onCancel: () => void
}) {
  const { row, onDone, onCancel } = props
  const client = useClient()
  const announce = useAnnounce()
  const words = useWords()
  const { automation, fill } = words
  const texts = automation.connections.form
  const [mailbox, setMailbox] = useState(row?.mailbox ?? '')
  const [userName, setUserName] = useState(row?.userName ?? '')
  const [password, setPassword] = useState('')
  const [isRemoved, setRemoved] = useState(false)
  const [automatic, setAutomatic] = useState(row?.automatic ?? true)
  const [own, setOwn] = useState<Policy | null>(row?.policy ?? null)
  const [problem, setProblem] = useState<{ field: 'mailbox' | null; text: string } | null>(null)
  const [isSaving, setSaving] = useState(false)
  const isSaved = row !== null && row.secrets.password !== null

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (isSaving || (own !== null && !isPolicyGood(own))) return
    setSaving(true)
    setProblem(null)
    try {
      const typed = password === '' ? (isRemoved ? null : undefined) : password
      const { id } = await client.connections.save({
        connection: { id: row?.id ?? null, mailbox, userName, automatic, policy: own },
        secrets: typed === undefined ? {} : { password: typed },
      })
      announce(fill(texts.saved, { mailbox: mailbox.trim() }))
      onDone(id)
    } catch (error) {
      setProblem(problemOf(words, error))
      setSaving(false)
    }
  }
  const isMailboxWrong = problem?.field === 'mailbox'
  return (
    <form className="sheet form" noValidate onSubmit={(event) => void save(event)}>
      <div className="field">
        <label htmlFor="connection-mailbox">{texts.mailbox}</label>
        <input
          id="connection-mailbox"
          className="input"
          inputMode="email"
          value={mailbox}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={isMailboxWrong}
          aria-describedby={isMailboxWrong ? 'connection-problem' : 'connection-mailbox-hint'}
          onChange={(event) => setMailbox(event.target.value)}
        />
        {isMailboxWrong && (
          <div id="connection-problem" className="remark remark-error" role="alert">
            {problem.text}
          </div>
        )}
        <div id="connection-mailbox-hint" className="hint">
          {texts.mailboxHint}
        </div>
      </div>
      <div className="field">
        <label htmlFor="connection-user">{texts.userName}</label>
        <input
          id="connection-user"
          className="input"
          value={userName}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby="connection-user-hint"
          onChange={(event) => setUserName(event.target.value)}
        />
        <div id="connection-user-hint" className="hint">
          {texts.userNameHint}
        </div>
      </div>
      <div className="field">
        <label htmlFor="connection-password">{texts.password}</label>
        {/* Not controlled: React writes a controlled value into the attribute, where every snapshot of the page would show it. */}
        <input
          id="connection-password"
          className="input secret"
          type="password"
          autoComplete="off"
          aria-describedby="connection-password-hint"
          onChange={(event) => setPassword(event.target.value)}
        />
        <div id="connection-password-hint" className="hint">
          {isSaved ? (isRemoved ? texts.passwordGoes : texts.passwordSaved) : texts.passwordHint}
        </div>
        {isSaved && (
          <Button className="button link" onPress={() => setRemoved(!isRemoved)}>
            {isRemoved ? texts.keepPassword : texts.removePassword}
          </Button>
        )}
      </div>
      <div className="choice-line">
        <input
          id="connection-automatic"
          type="checkbox"
          checked={automatic}
          onChange={(event) => setAutomatic(event.target.checked)}
        />
        <label htmlFor="connection-automatic">{texts.automatic}</label>
      </div>
      <fieldset className="group">
        <legend>{texts.policy}</legend>
        {([null, props.policy] as const).map((choice) => {
          const id = choice === null ? 'connection-inherit' : 'connection-own'
          return (
            <div key={id} className="choice-line">
              <input
                id={id}
                type="radio"
                name="connection-policy"
                checked={(own === null) === (choice === null)}
                onChange={() => setOwn(choice)}
              />
              <label htmlFor={id}>{choice === null ? texts.inherit : texts.own}</label>
            </div>
          )
        })}
        {own !== null && <PolicyFields id="connection" policy={own} isReadOnly={isSaving} onChange={setOwn} />}
      </fieldset>
      {problem !== null && problem.field === null && (
        <p className="remark remark-error" role="alert">
          {problem.text}
        </p>
      )}
      <div className="bar">
        <Button className="button primary" type="submit" isDisabled={isSaving}>
          {isSaving ? texts.saving : texts.save}
        </Button>
        <Button className="button" onPress={onCancel}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  )
}

function problemOf({ automation, fill }: Words, error: unknown): { field: 'mailbox' | null; text: string } {
  const texts = automation.connections.form
  const refusal = refusalOf(error)
  const detail = refusal?.data['problem']
  const problems: Readonly<Record<string, string>> = texts.problems
  if (refusal?.code === 'MAILBOX_INVALID' && typeof detail === 'string')
    return { field: 'mailbox', text: problems[detail] ?? texts.problems['mailbox-invalid'] }
  if (refusal?.code === 'SECRET_NOT_SAVED') return { field: null, text: texts.secretNotSaved }
  const code = refusal?.data['code']
  if (refusal?.code === 'SETTINGS_NOT_SAVED' && typeof code === 'string')
    return { field: null, text: fill(texts.settingsNotSaved, { code }) }
  return { field: null, text: automation.connections.failed }
}
