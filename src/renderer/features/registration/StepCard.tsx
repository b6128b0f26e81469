/** One step of the guide: what to do, where to click, the field it fills, its check, and the tick. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { ScriptFormat, StepState } from '../../../contract/guide.ts'
import { useClient } from '../../client.ts'
import { StartStopButton } from '../../parts/StartStopButton.tsx'
import { TextInput } from '../../parts/TextInput.tsx'
import { BasicsSecret } from '../basics/BasicsSecret.tsx'
import { visibleRemarks } from '../basics/basics.ts'
import type { BasicsControl } from '../basics/useBasics.ts'
import { CheckResult } from './CheckResult.tsx'
import { useGuideWords } from './guideWords.ts'
import { PortalDrawing } from './PortalDrawing.tsx'
import { PortalPath } from './PortalPath.tsx'
import type { CheckRun } from './useCheck.ts'

type StepCardProps = {
  step: StepState
  number: number
  basics: BasicsControl
  /** The check of this step in this session. */
  run: CheckRun | null
  isBusy: boolean
  onTick: (ticked: boolean) => void
  onCheck: () => void
  onStop: () => void
  onScript: (format: ScriptFormat) => void
}

export function StepCard(props: StepCardProps) {
  const { step, number, basics, run, isBusy, onTick, onCheck, onStop, onScript } = props
  const { guide, dialog, fill } = useGuideWords()
  const { title, todo, noCheck } = guide.steps.entries[step.id]
  const id = `guide-step-${step.id}`
  const isRunning = run?.status === 'running'
  const [script] = step.scripts
  return (
    <li className="guide-step" id={id}>
      <div className="guide-step-head">
        <h3>{fill(guide.steps.step, { number, title })}</h3>
        <label className="tick">
          <input
            type="checkbox"
            checked={step.ticked}
            aria-label={fill(guide.steps.doneOf, { title })}
            onChange={(event) => onTick(event.target.checked)}
          />
          <span aria-hidden="true">{guide.steps.done}</span>
        </label>
      </div>
      <ul className="guide-todo">
        {todo.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <PortalPath step={step.id} />
      <PortalDrawing step={step.id} />
      {step.fields.length > 0 && (
        <p className="quiet-text">
          {fill(guide.steps.fills, { fields: step.fields.map((field) => nameOf(field, dialog.fields)) })}
        </p>
      )}
      {step.fields.map((field) => (
        <StepField key={field} field={field} basics={basics} isReadOnly={isBusy} />
      ))}
      <div className="guide-actions">
        {step.reach !== null && (
          <StartStopButton
            label={guide.check.run}
            stopLabel={guide.check.stop}
            name={fill(guide.check.runOf, { title })}
            describedBy={`${id}-what`}
            isRunning={isRunning}
            isDisabled={isBusy && !isRunning}
            onStart={onCheck}
            onStop={onStop}
          />
        )}
        {step.portal !== null && <PortalButton page={step.portal} basics={basics} />}
        {script !== undefined && (
          <Button
            className="button link"
            aria-label={fill(guide.scripts.openOf, { title })}
            onPress={() => onScript(script)}
          >
            {guide.scripts.open}
          </Button>
        )}
      </div>
      <p id={`${id}-what`} className="hint">
        {step.reach === null ? noCheck : guide.check.what[step.reach]}
      </p>
      {step.reach !== null && <CheckResult step={step} basics={basics.state} run={run} />}
    </li>
  )
}

function nameOf(field: string, names: Readonly<Record<string, string>>): string {
  return names[field] ?? field
}

type StepFieldProps = { field: string; basics: BasicsControl; isReadOnly: boolean }

/** The field of the dialog itself, once more: what is typed here stands there too. */
function StepField({ field, basics, isReadOnly }: StepFieldProps) {
  const { dialog } = useGuideWords()
  const { state, dispatch, removeSecret } = basics
  if (field === 'clientSecret') {
    return (
      <BasicsSecret
        id="guide-field-clientSecret"
        secret="clientSecret"
        hint={dialog.hints.clientSecret}
        state={state}
        isReadOnly={isReadOnly}
        leave={(left) => dispatch({ kind: 'left', field: left })}
        typeSecret={(secret, value) => dispatch({ kind: 'typed', secret, value })}
        replaceSecret={(secret, on) => dispatch({ kind: 'replacing', secret, on })}
        removeSecret={(secret) => void removeSecret(secret)}
      />
    )
  }
  if (field !== 'tenantId' && field !== 'clientId' && field !== 'email' && field !== 'ewsUrl') return null
  return (
    <TextInput
      id={`guide-field-${field}`}
      field={field}
      label={dialog.fields[field]}
      value={state.draft[field]}
      remarks={visibleRemarks(state, field)}
      isReadOnly={isReadOnly}
      onChange={(value) => dispatch({ kind: 'changed', change: { [field]: value } })}
      onLeave={() => dispatch({ kind: 'left', field })}
    />
  )
}

function PortalButton({ page, basics }: { page: NonNullable<StepState['portal']>; basics: BasicsControl }) {
  const client = useClient()
  const { guide, fill } = useGuideWords()
  const [trouble, setTrouble] = useState<'unknown' | 'failed' | null>(null)
  const open = () =>
    void client.guide.openPortal({ page, draft: basics.state.draft }).then(
      ({ known }) => setTrouble(known ? null : 'unknown'),
      () => setTrouble('failed'),
    )
  return (
    <>
      <Button
        className="button link"
        aria-label={fill(guide.portal.openOf, { page: guide.portal.pages[page] })}
        onPress={open}
      >
        {guide.portal.open}
      </Button>
      {trouble !== null && (
        <span role="alert" className="quiet-text">
          {guide.portal[trouble]}
        </span>
      )}
    </>
  )
}
