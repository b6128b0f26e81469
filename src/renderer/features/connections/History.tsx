/** What a connection really did, the newest first. */
import type { HappeningRow } from '../../../contract/connections.ts'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { useWords, type Words } from '../../words.ts'

const icons: Record<HappeningRow['what'], IconName> = {
  works: 'check',
  refused: 'cross',
  interrupted: 'cross',
  busy: 'info',
  unreachable: 'warning',
  denied: 'cross',
  unready: 'question',
  'not-made': 'dash',
  inactive: 'stop',
  activated: 'check',
  hurried: 'info',
}

export function History({ happenings }: { happenings: readonly HappeningRow[] }) {
  const words = useWords()
  if (happenings.length === 0) return <p className="quiet-text">{words.automation.connections.noHistory}</p>
  return (
    <ol className="history">
      {happenings.map((happening) => (
        <li key={`${happening.at} ${happening.what}`} className={`happening happening-${happening.what}`}>
          <time dateTime={happening.at}>{words.moment(happening.at)}</time>
          <Icon name={icons[happening.what]} />
          <span>{wordsOf(words, happening)}</span>
        </li>
      ))}
    </ol>
  )
}

function wordsOf({ automation, fill, count }: Words, { what, times, failures }: HappeningRow): string {
  const template = automation.happenings[what]
  return typeof template === 'string' ? fill(template, { failures }) : count(template, times)
}
