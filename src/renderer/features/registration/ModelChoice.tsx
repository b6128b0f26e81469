/** Which permission model: a short choice, each saying what the application can read with it. */
import type { GuideState, PermissionModel } from '../../../contract/guide.ts'
import { useGuideWords } from './guideWords.ts'

const models: readonly PermissionModel[] = ['all', 'some', 'hybrid', 'on-premises']

type ModelChoiceProps = { state: GuideState; isReadOnly: boolean; onChoose: (model: PermissionModel) => void }

export function ModelChoice({ state, isReadOnly, onChoose }: ModelChoiceProps) {
  const { guide } = useGuideWords()
  return (
    <fieldset className="group" {...(state.chosen ? {} : { 'aria-describedby': 'guide-model-hint' })}>
      <legend>{guide.model.title}</legend>
      {!state.chosen && (
        <p id="guide-model-hint" className="hint">
          {guide.model.suggested}
        </p>
      )}
      {models.map((model) => {
        const { label, reads } = guide.model.options[model]
        return (
          <div key={model} className="choice-row">
            <input
              type="radio"
              id={`guide-model-${model}`}
              name="guide-model"
              checked={state.model === model}
              disabled={isReadOnly}
              aria-describedby={`guide-model-${model}-reads`}
              onChange={() => onChoose(model)}
            />
            <div>
              <label htmlFor={`guide-model-${model}`}>{label}</label>
              <div id={`guide-model-${model}-reads`} className="hint">
                {reads}
              </div>
            </div>
          </div>
        )
      })}
    </fieldset>
  )
}
