/** What a person has to know before anything else: at the top, until the window closes. */
import type { Notice } from '../../../contract/contract.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'

export function Notices({ notices }: { notices: readonly Notice[] }) {
  const { dialog, fill } = useWords()
  return notices.map(({ id, facts }) => (
    <div key={id} className={id === 'demo' ? 'notice' : 'notice notice-warning'} role="note">
      <Icon name={id === 'demo' ? 'info' : 'warning'} />
      <p>{fill(dialog.notices[id], facts)}</p>
    </div>
  ))
}

export function Introduction() {
  const { dialog } = useWords()
  return (
    <div className="notice" role="note">
      <Icon name="info" />
      <p>{dialog.introduction.text}</p>
    </div>
  )
}
