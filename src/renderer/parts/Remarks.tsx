/** What the checks say about a field, under it. A value that the check knows better is offered, never put in by itself. */
import { Button } from 'react-aria-components'
import type { Remark } from '../../contract/contract.ts'
import { useWords } from '../words.ts'
import { Icon, type IconName } from './Icon.tsx'

const icons: Record<Remark['severity'], IconName> = { error: 'cross', warning: 'warning', info: 'info' }

type RemarksProps = {
  id: string
  remarks: readonly Remark[]
  /** Said instead of any remark: the field is empty and must not be. */
  missing?: string | undefined
  onTake?: ((value: string) => void) | undefined
}

export function Remarks({ id, remarks, missing, onTake }: RemarksProps) {
  const { dialog, fill, remark: wordsOf } = useWords()
  const lines =
    missing === undefined
      ? remarks.map((remark) => ({
          key: remark.id,
          severity: remark.severity,
          text: wordsOf(remark),
          suggestion: remark.suggestion,
        }))
      : [{ key: 'missing', severity: 'error' as const, text: missing, suggestion: null }]
  return (
    <div id={id} className="remarks">
      {lines.map(({ key, severity, text, suggestion }) => (
        <div key={key} className={`remark remark-${severity}`}>
          <Icon name={icons[severity]} />
          <span>{text}</span>
          {suggestion !== null && onTake !== undefined && (
            <Button className="button link" onPress={() => onTake(suggestion)}>
              {fill(dialog.suggestion, { value: suggestion })}
            </Button>
          )}
        </div>
      ))}
    </div>
  )
}
