/** Section C as one page: the choice of the model and the steps on one side, the end of EWS and the scripts on the other. */
import { useRef, useState } from 'react'
import type { GuideStep, ScriptFormat } from '../../../contract/guide.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import type { SectionProps } from '../../sections.tsx'
import { useSharedBasics } from '../basics/BasicsContext.tsx'
import { ConsentDialog } from '../run/ConsentDialog.tsx'
import { useGuideWords } from './guideWords.ts'
import { ModelChoice } from './ModelChoice.tsx'
import { RetirementCard } from './RetirementCard.tsx'
import { ScriptPanel } from './ScriptPanel.tsx'
import { StepCard } from './StepCard.tsx'
import { useCheck } from './useCheck.ts'
import { useGuide } from './useGuide.ts'

export function RegistrationPage({ start, isShown }: SectionProps) {
  const { guide: words, dialog, fill } = useGuideWords()
  const announce = useAnnounce()
  const basics = useSharedBasics()
  const guide = useGuide(isShown)
  const [chosenFormat, setFormat] = useState<ScriptFormat | null>(null)
  const scripts = useRef<HTMLHeadingElement>(null)
  const check = useCheck(async (step) => {
    const fresh = await guide.refresh()
    const outcome = fresh?.steps.find(({ id }) => id === step)?.check?.outcome
    if (outcome !== undefined) {
      const title = words.steps.entries[step].title
      announce(fill(words.check.announce, { title, outcome: words.check.outcomes[outcome] }))
    }
  })
  const { state } = guide
  if (state === null) return <Waiting>{guide.obstacle === null ? dialog.start.loading : words.check.lost}</Waiting>

  const done = state.steps.filter((step) => step.ticked).length
  const [first = 'graph-powershell'] = state.scripts
  const format = chosenFormat !== null && state.scripts.includes(chosenFormat) ? chosenFormat : first
  const isBusy = check.run?.status === 'running'
  const onCheck = (step: GuideStep) =>
    void check.start({ step, model: state.model, draft: basics.state.draft, secrets: basics.state.typed })
  const showScript = (wanted: ScriptFormat) => {
    setFormat(wanted)
    scripts.current?.focus()
    scripts.current?.scrollIntoView({ block: 'start' })
  }

  return (
    <>
      <div className="page">
        <main className="columns">
          <div className="form-column">
            <div className="form">
              <p className="quiet-text">{words.introduction}</p>
              <ModelChoice state={state} isReadOnly={isBusy} onChoose={guide.choose} />
              <section className="guide-steps" aria-labelledby="guide-steps-title">
                <div className="guide-steps-head">
                  <h2 id="guide-steps-title">{words.steps.title}</h2>
                  <span className="quiet-text">{fill(words.steps.progress, { done, all: state.steps.length })}</span>
                </div>
                <p className="quiet-text">
                  {words.save.hint} {words.save.stored}
                </p>
                {guide.obstacle !== null && (
                  <p className="notice notice-error" role="alert">
                    {fill(words.save.failed, { code: guide.obstacle })}
                  </p>
                )}
                <ol className="plain guide-list">
                  {state.steps.map((step, index) => (
                    <StepCard
                      key={step.id}
                      step={step}
                      number={index + 1}
                      basics={basics}
                      run={check.run?.step === step.id ? check.run : null}
                      isBusy={isBusy}
                      onTick={(ticked) => guide.tick(step.id, ticked)}
                      onCheck={() => onCheck(step.id)}
                      onStop={check.stop}
                      onScript={showScript}
                    />
                  ))}
                </ol>
              </section>
            </div>
          </div>
          <div className="result-column">
            <div className="form">
              {state.model !== 'on-premises' && <RetirementCard days={start.daysOfEwsOnline} online={state.online} />}
              <ScriptPanel
                headingRef={scripts}
                formats={state.scripts}
                format={format}
                model={state.model}
                draft={basics.state.draft}
                onFormat={setFormat}
              />
            </div>
          </div>
        </main>
      </div>
      <ConsentDialog question={check.run?.question ?? null} onAnswer={check.answer} />
    </>
  )
}
