/** Row D5: what the run saw of the server, folded. What was not looked at says so. */
import type { RunResult } from '../../../contract/contract.ts'
import { serverFactLines, serverFactsOf } from '../../../texts/report/index.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { useWords } from '../../words.ts'

export function ServerFactsCard({ result }: { result: RunResult }) {
  const { dialog, language } = useWords()
  const lines = serverFactLines(serverFactsOf(result.evidence, result.findings), language)
  const { title } = dialog.serverFacts
  return (
    <details className="fold server-facts">
      <summary>{title}</summary>
      <div className="server-facts-body">
        <dl className="consent-facts">
          {lines.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <CopyButton text={() => lines.map(({ label, value }) => `${label}: ${value}`).join('\n')} what={title} />
      </div>
    </details>
  )
}
