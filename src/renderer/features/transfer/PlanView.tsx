/** What an import would change, field by field, with a box for everything that decides where login data goes. */
import { useState } from 'react'
import { Button, Checkbox } from 'react-aria-components'
import type { Difference } from '../../../contract/contract.ts'
import { fieldName, fieldValue } from '../../../texts/fieldWords.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'
import type { Plan } from './ImportCard.tsx'

export type Choices = { accept: ReadonlySet<string>; replaceSecrets: boolean }

/** Differences on screen; all of them are taken over, and a list of a thousand mailboxes shows its beginning. */
const mostShown = 200

type PlanViewProps = {
  plan: Plan
  isBusy: boolean
  /** Why it cannot be taken over now. */
  obstacle: string | null
  onApply: (choices: Choices) => void
  onDiscard: () => void
}

export function PlanView({ plan, isBusy, obstacle, onApply, onDiscard }: PlanViewProps) {
  const { dialog, transfer, fill, count } = useWords()
  const texts = dialog.manage.transfer
  const words = transfer.import
  const [accept, setAccept] = useState<ReadonlySet<string>>(new Set())
  const [replaceSecrets, setReplaceSecrets] = useState(false)

  const guarded = plan.differences.some(({ needsAcceptance }) => needsAcceptance)
  const isNothing = plan.differences.length === 0 && plan.secrets.length === 0
  const shown = plan.differences.slice(0, mostShown)
  const more = plan.differences.length - shown.length
  const touched = plan.profiles.filter(
    ({ name }) =>
      shown.some(({ profile }) => profile === name) ||
      (more === 0 && plan.secrets.some(({ profile }) => profile === name)),
  )
  const unchanged = more === 0 ? plan.profiles.length - touched.length : 0
  const toggle = (id: string, on: boolean) => {
    const next = new Set(accept)
    if (on) next.add(id)
    else next.delete(id)
    setAccept(next)
  }

  return (
    <div className="card-form">
      <h3>{texts.differences}</h3>
      <p className="hint">
        {[
          fill(words.read, { source: transfer.sources[plan.source] }),
          plan.newer ? fill(words.newer, { schema: String(plan.schema) }) : '',
          plan.notUnderstood.length > 0 ? fill(words.notUnderstood, { fields: plan.notUnderstood }) : '',
          plan.unknown.length > 0
            ? fill(plan.source === 'csv' ? words.ignoredColumns : words.unknown, { fields: plan.unknown })
            : '',
          isNothing ? words.nothing : '',
        ]
          .filter((line) => line !== '')
          .join(' ')}
      </p>
      {guarded && (
        <p className="advice">
          <Icon name="warning" />
          <span>{words.acceptWhy}</span>
        </p>
      )}
      {touched.map(({ name, isNew }) => (
        <ProfileDifferences
          key={name}
          name={name}
          isNew={isNew}
          differences={shown.filter(({ profile }) => profile === name)}
          secrets={plan.secrets.filter(({ profile }) => profile === name)}
          replaceSecrets={replaceSecrets}
          accept={accept}
          onAccept={toggle}
        />
      ))}
      {more > 0 && <p className="hint">{count(texts.more, more)}</p>}
      {unchanged > 0 && <p className="hint">{count(texts.unchanged, unchanged)}</p>}
      {plan.secrets.some(({ replaces }) => replaces) && (
        <Checkbox className="checkbox" isSelected={replaceSecrets} onChange={setReplaceSecrets}>
          <span className="checkbox-box">
            <Icon name="check" />
          </span>
          {texts.replaceSecrets}
        </Checkbox>
      )}
      {obstacle !== null && (
        <p className="remark remark-warning">
          <Icon name="warning" />
          <span>{obstacle}</span>
        </p>
      )}
      <div className="card-actions">
        <Button
          className="button primary"
          isDisabled={isBusy || isNothing || obstacle !== null}
          onPress={() => onApply({ accept, replaceSecrets })}
        >
          {texts.apply}
        </Button>
        <Button className="button" isDisabled={isBusy} onPress={onDiscard}>
          {texts.cancel}
        </Button>
      </div>
    </div>
  )
}

type ProfileDifferencesProps = {
  name: string
  isNew: boolean
  differences: readonly Difference[]
  secrets: Plan['secrets']
  replaceSecrets: boolean
  accept: ReadonlySet<string>
  onAccept: (id: string, on: boolean) => void
}

function ProfileDifferences(props: ProfileDifferencesProps) {
  const { name, isNew, differences, secrets, replaceSecrets, accept, onAccept } = props
  const { dialog, transfer, fill, language } = useWords()
  const texts = dialog.manage.transfer
  const words = transfer.import
  return (
    <table className="differences">
      <caption>
        {name}
        {isNew && <span className="quiet-text"> ({texts.newProfile})</span>}
      </caption>
      <thead>
        <tr>
          <th scope="col">{texts.columns.field}</th>
          <th scope="col">{texts.columns.before}</th>
          <th scope="col">{texts.columns.after}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map((one) => {
          const label = fieldName(one.path, language)
          return (
            <tr key={one.id}>
              <th scope="row">
                {label}
                {one.needsAcceptance && (
                  <Checkbox
                    className="checkbox"
                    isSelected={accept.has(one.id)}
                    onChange={(on) => onAccept(one.id, on)}
                    aria-label={fill(texts.accept, { field: `${label} ${one.after ?? ''}` })}
                  >
                    <span className="checkbox-box">
                      <Icon name="check" />
                    </span>
                    <span>{words.needsAcceptance}</span>
                  </Checkbox>
                )}
              </th>
              <td>{fieldValue(one.path, one.before, language)}</td>
              <td>{fieldValue(one.path, one.after, language)}</td>
            </tr>
          )
        })}
        {secrets.map(({ kind, replaces }) => (
          <tr key={kind}>
            <th scope="row">{transfer.secrets[kind]}</th>
            <td colSpan={2}>
              {!replaces ? words.secretNew : replaceSecrets ? words.secretReplaced : words.secretKept}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
