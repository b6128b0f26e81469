/** The result of a run, or of what a person handed over: one banner, the facts or the findings, and the steps as their proof. */
import { Button } from 'react-aria-components'
import type { Finding, RunResult } from '../../../contract/contract.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { useWords, type Words } from '../../words.ts'
import { likeliestUrl } from '../basics/basics.ts'
import { bannerOf } from './banner.ts'
import { FindingBody } from './FindingCard.tsx'
import { ReportActions } from './ReportActions.tsx'
import type { Run } from './run.ts'
import { ServerFactsCard } from './ServerFactsCard.tsx'
import { StepList } from './StepList.tsx'

/** `onEnterUrl` puts a URL into the field, as if typed; null where there is no field. */
type ResultViewProps = { run: Run; onEnterUrl: ((url: string) => void) | null }

export function ResultView({ run, onEnterUrl }: ResultViewProps) {
  const { result } = run
  return (
    <>
      <Outcome run={run} onEnterUrl={onEnterUrl} />
      {result !== null && <ReportActions result={result} />}
      {result !== null && <ServerFactsCard result={result} />}
      <StepList run={run} />
    </>
  )
}

function Outcome({ run, onEnterUrl }: ResultViewProps) {
  const words = useWords()
  const { dialog } = words
  const banner = bannerOf(words, run)
  if (banner === null) return null
  const { tone, title, finding } = banner
  const icon = tone === 'good' ? 'check' : tone === 'bad' ? 'cross' : tone === 'remarks' ? 'warning' : 'info'
  const { result } = run
  const others = result === null ? [] : result.findings.filter((other) => other !== finding)
  return (
    <>
      <div className={`verdict tone-${tone}`}>
        <div className="banner">
          <Icon name={icon} />
          <h3>{title}</h3>
        </div>
        {result !== null && (result.ok || finding !== null) && (
          <div className="verdict-body">
            {result.ok && <Facts run={run} result={result} isEntered={onEnterUrl !== null} />}
            {finding !== null && <FindingBody finding={finding} result={result} />}
            {onEnterUrl !== null && <ByHand run={run} result={result} onEnterUrl={onEnterUrl} />}
          </div>
        )}
      </div>
      {result !== null && others.length > 0 && (
        <AlsoNoticed findings={others} result={result} title={dialog.finding.also} />
      )}
    </>
  )
}

function AlsoNoticed({ findings, result, title }: { findings: readonly Finding[]; result: RunResult; title: string }) {
  const { run: runWords, finding: wordsOf } = useWords()
  return (
    <section className="also" aria-label={title}>
      <h3>{title}</h3>
      {findings.map((finding) => (
        <details key={finding.id} className={`also-finding severity-${finding.severity}`}>
          <summary>
            <Icon name={finding.severity === 'error' ? 'cross' : finding.severity === 'warning' ? 'warning' : 'info'} />
            <span className="state-word">{runWords.severities[finding.severity]}</span>
            <span>{wordsOf(finding).title}</span>
          </summary>
          <FindingBody finding={finding} result={result} />
        </details>
      ))}
    </section>
  )
}

function factsOf(
  { dialog, run: runWords }: Words,
  run: Run,
  result: RunResult,
): { label: string; value: string; carried: boolean }[] {
  const { ewsUrl, auth, ewsVersion, server, input } = result.evidence
  const build = server === null ? null : `${server.product} (${server.build})`
  return [
    { label: dialog.result.url, value: ewsUrl, carried: true },
    { label: dialog.result.login, value: auth === null ? null : runWords.schemes[auth], carried: false },
    { label: dialog.result.mailbox, value: run.command === 'test' ? input.email : null, carried: false },
    { label: dialog.result.version, value: ewsVersion, carried: false },
    { label: dialog.result.server, value: build, carried: false },
  ].flatMap(({ label, value, carried }) => (value === null || value === '' ? [] : [{ label, value, carried }]))
}

function Facts({ run, result, isEntered }: { run: Run; result: RunResult; isEntered: boolean }) {
  const words = useWords()
  const { dialog } = words
  const facts = factsOf(words, run, result)
  if (facts.length === 0) return null
  return (
    <div className="facts">
      <dl>
        {facts.map(({ label, value, carried }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <span className="value">{value}</span>
              {carried && <CopyButton text={() => value} what={label} />}
            </dd>
          </div>
        ))}
      </dl>
      {run.command === 'locate' && isEntered && <p className="quiet-text">{dialog.result.entered}</p>}
      <CopyButton
        text={() => facts.map(({ label, value }) => `${label}: ${value}`).join('\n')}
        label={dialog.result.copySettings}
        what={dialog.result.title}
      />
    </div>
  )
}

/** Nothing was found: the way by hand is offered, beginning with what the URL is most often. */
function ByHand({ run, result, onEnterUrl }: { run: Run; result: RunResult; onEnterUrl: (url: string) => void }) {
  const { dialog, fill } = useWords()
  const { ewsUrl, input, outcome } = result.evidence
  if (result.ok || run.command !== 'locate' || ewsUrl !== null || input.domain === null || outcome !== 'fails')
    return null
  if (input.remarks.some((remark) => remark.severity === 'error')) return null
  const url = likeliestUrl(input.domain)
  return (
    <div className="by-hand">
      <Button className="button link" onPress={() => onEnterUrl(url)}>
        {fill(dialog.result.byHand, { url })}
      </Button>
    </div>
  )
}
