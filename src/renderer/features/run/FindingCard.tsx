/** One finding, always in the same order: what it means, what to do and who can do it, and the proof, folded. */
import type { Finding, RunResult, Step } from '../../../contract/contract.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { useWords, type Words } from '../../words.ts'
import { Commands } from './Commands.tsx'
import { EvidenceFold } from './Evidence.tsx'
import { FindingHelp } from './FindingHelp.tsx'
import { evidenceText } from './observations.ts'

export function FindingBody({ finding, result }: { finding: Finding; result: RunResult }) {
  const words = useWords()
  const { dialog, fill } = words
  const { title, explanation, remedy, commands, actor, lead } = words.finding(finding)
  const proof = proofOf(finding, result)
  return (
    <div className="finding-body">
      <h4>{dialog.finding.means}</h4>
      <p>
        <span className="confidence">{lead}</span> {explanation}
      </p>
      <h4>
        {dialog.finding.todo}
        <span className="actor">{actor}</span>
      </h4>
      {remedy.length > 1 ? (
        <ol className="remedy">
          {remedy.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      ) : (
        <p>{remedy[0]}</p>
      )}
      <Commands commands={commands} />
      <EvidenceFold label={dialog.finding.proof} name={fill(dialog.steps.proofOf, { step: title })} steps={proof} />
      <FindingHelp key={finding.id} id={finding.id} title={title} />
      <div className="finding-foot">
        {finding.actor !== 'you' && (
          <CopyButton text={() => messageOf(words, finding, proof)} label={dialog.finding.copyMessage} what={title} />
        )}
        <span className="quiet-text code">{fill(dialog.finding.code, { id: finding.id })}</span>
      </div>
    </div>
  )
}

function proofOf(finding: Finding, result: RunResult): Step[] {
  return finding.evidence.flatMap((reference) => {
    const step = result.evidence.steps.find(({ id }) => reference === `step:${id}`)
    return step === undefined ? [] : [step]
  })
}

/** What an admin elsewhere needs: cause, remedy, proof. Redacted like all evidence. */
function messageOf(words: Words, finding: Finding, proof: readonly Step[]): string {
  const { dialog, fill } = words
  const { title, explanation, remedy, commands, actor, lead } = words.finding(finding)
  return [
    title,
    `${dialog.finding.means}\n${lead} ${explanation}`,
    `${dialog.finding.todo} (${actor})\n${remedy.map((line) => `- ${line}`).join('\n')}`,
    ...commands.map(({ shell, line }) => `${shell}:\n${line}`),
    `${dialog.finding.proof} – ${fill(dialog.finding.code, { id: finding.id })}\n${evidenceText(proof)}`,
  ].join('\n\n')
}
