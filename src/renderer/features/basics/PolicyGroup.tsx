/** Row A13: when automatic calls stop, for every connection without a policy of its own. */
import { policyBounds } from '../../../contract/policy.ts'
import { useWords } from '../../words.ts'
import { NumberInput, PolicyFields } from '../connections/PolicyFields.tsx'
import type { PolicyControl } from './usePolicy.ts'

export function PolicyGroup({ policy, isReadOnly }: { policy: PolicyControl; isReadOnly: boolean }) {
  const texts = useWords().automation.policy
  const { value, change } = policy
  if (value === null) return null
  return (
    <fieldset className="group" aria-describedby="policy-hint">
      <legend>{texts.title}</legend>
      <div id="policy-hint" className="hint">
        {texts.hint}
      </div>
      <PolicyFields
        id="policy"
        policy={value.policy}
        isReadOnly={isReadOnly}
        onChange={(next) => change({ ...value, policy: next })}
      />
      <div className="hint">{texts.others}</div>
      <NumberInput
        id="policy-every"
        label={texts.every}
        value={value.everyMinutes}
        bounds={policyBounds.everyMinutes}
        isWhole={false}
        isReadOnly={isReadOnly}
        onChange={(everyMinutes) => change({ ...value, everyMinutes })}
      />
    </fieldset>
  )
}
