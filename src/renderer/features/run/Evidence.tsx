/** The observations of a step, folded: key and value in monospace. */
import { useState } from 'react'
import type { Step } from '../../../contract/contract.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { useWords } from '../../words.ts'
import { evidenceText, linesOf } from './observations.ts'

/** A folded block; `label` is what the fold is called, `name` what a screen reader hears, as there are many folds. */
export function EvidenceFold({ label, name, steps }: { label: string; name: string; steps: readonly Step[] }) {
  const [open, setOpen] = useState(false)
  if (steps.every((step) => step.observations.length === 0)) return null
  return (
    <details className="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={name}>{label}</summary>
      {open && <Proof steps={steps} />}
    </details>
  )
}

/** Drawn only where it is looked at: saved evidence can be many times as long as that of a run. */
function Proof({ steps }: { steps: readonly Step[] }) {
  const { dialog, step: stepWords } = useWords()
  return (
    <>
      <div className="fold-actions">
        <CopyButton text={() => evidenceText(steps)} label={dialog.finding.copyProof} what={dialog.finding.proof} />
      </div>
      {steps.map((step) => (
        <div key={step.id}>
          {steps.length > 1 && <div className="evidence-step">{stepWords(step.name, step.target)}</div>}
          {step.observations.map((observation, index) => (
            // Observations are only ever appended.
            <dl key={index} className="evidence">
              {linesOf(observation).map(({ key, value }) => (
                <div key={key}>
                  <dt>{key}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          ))}
        </div>
      ))}
    </>
  )
}
