/** Says which file was not opened or saved, and why, until it is dismissed or another one is opened. */
import { Button } from 'react-aria-components'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'
import type { Trouble } from './useArrivals.ts'

export function TroubleNotice({ trouble, onDismiss }: { trouble: Trouble | null; onDismiss: () => void }) {
  const { arrivals, fill } = useWords()
  if (trouble === null) return null
  return (
    <div className="notice notice-error arrival-notice" role="alert">
      <Icon name="cross" />
      <p>{fill(arrivals.troubles[trouble.reason], { name: trouble.name })}</p>
      <span className="spacer" />
      <Button className="button quiet" onPress={onDismiss}>
        {arrivals.dismiss}
      </Button>
    </div>
  )
}
