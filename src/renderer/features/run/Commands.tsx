/** The commands of a finding: where each is run, and the line to copy. */
import type { Command } from '../../../texts/index.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'

export function Commands({ commands }: { commands: readonly Command[] }) {
  if (commands.length === 0) return null
  return (
    <ul className="plain commands">
      {commands.map(({ shell, line }, index) => (
        <li key={line}>
          {commands[index - 1]?.shell !== shell && <div className="quiet-text">{shell}</div>}
          <div className="command">
            <code>{line}</code>
            <CopyButton text={() => line} what={line} />
          </div>
        </li>
      ))}
    </ul>
  )
}
