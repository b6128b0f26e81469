/** Row E5: many at once, as a table with filter, progress and stop. */
import { useEffect, useState } from 'react'
import { Button, Form, Input, Label, NumberField, Radio, RadioGroup } from 'react-aria-components'
import { useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { base64Of } from '../../parts/fileBytes.ts'
import { StartStopButton } from '../../parts/StartStopButton.tsx'
import { FileChoice } from '../../parts/FileChoice.tsx'
import type { SectionProps } from '../../sections.tsx'
import { useWords, type Words } from '../../words.ts'
import { refusalWords } from '../transfer/ImportCard.tsx'
import { groupOf, isUnderWay } from './many.ts'
import { ManyTable } from './ManyTable.tsx'
import { useMany, type Refusal, type Source } from './useMany.ts'

const longestBytes = 700 * 1024
/** As `limits.parallel` and `limits.parallelMost`. */
const usualParallel = 8
const mostParallel = 64

export default function ManyPage(_props: SectionProps) {
  const client = useClient()
  const words = useWords()
  const { dialog, fill, count } = words
  const texts = dialog.manage.many
  const announce = useAnnounce()
  const { state, refusal, start, stop } = useMany(client)
  const [from, setFrom] = useState<Source['kind']>('profiles')
  const [file, setFile] = useState<{ name: string; content: string } | null>(null)
  const [parallel, setParallel] = useState(usualParallel)
  const [problem, setProblem] = useState<string | null>(null)

  const underWay = isUnderWay(state)
  const open = state.rows.filter((row) => groupOf(row) === 'open').length
  const works = state.rows.filter((row) => groupOf(row) === 'works').length
  const done = state.rows.length - open
  const ended = fill(texts.ended, { works, all: state.rows.length })
  const hasEnded = state.status === 'ended'
  useEffect(() => {
    if (hasEnded) announce(ended)
  }, [hasEnded, ended, announce])

  const source: Source | null =
    from === 'profiles' ? { kind: 'profiles' } : file && { kind: 'csv', content: file.content }
  const begin = (goOn: boolean) => {
    if (source === null || underWay) return
    setProblem(null)
    void start(source, { parallel, goOn })
  }
  const choose = async (chosen: File) => {
    setProblem(null)
    if (chosen.size > longestBytes) {
      setProblem(fill(dialog.manage.transfer.tooLarge, { limit: longestBytes / 1024 }))
      return
    }
    setFile({ name: chosen.name, content: await base64Of(chosen) })
  }
  const told = problem ?? (refusal === null ? null : wordsOfRefusal(refusal, words))

  return (
    <div className="page manage-page">
      <main className="manage">
        <Form
          className="group card"
          aria-label={dialog.sections.many.title}
          onSubmit={(event) => {
            event.preventDefault()
            begin(false)
          }}
        >
          <p className="hint">{texts.text}</p>
          <RadioGroup
            className="field radios"
            value={from}
            isDisabled={underWay}
            onChange={(value) => setFrom(value === 'csv' ? 'csv' : 'profiles')}
          >
            <Label>{texts.source}</Label>
            {(['profiles', 'csv'] as const).map((value) => (
              <Radio key={value} className="radio" value={value}>
                {texts.sources[value]}
              </Radio>
            ))}
          </RadioGroup>
          {from === 'csv' && (
            <>
              <FileChoice
                label={dialog.manage.transfer.choose}
                accept=".csv,.txt,text/csv"
                chosen={file === null ? null : fill(dialog.manage.transfer.chosen, { name: file.name })}
                isDisabled={underWay}
                onChoose={(chosen) => void choose(chosen).catch(() => setProblem(dialog.manage.transfer.failed))}
              />
              <p className="hint">{texts.csvHint}</p>
            </>
          )}
          <NumberField
            className="field number-field"
            value={parallel}
            minValue={1}
            maxValue={mostParallel}
            isDisabled={underWay}
            onChange={(value) => setParallel(Number.isNaN(value) ? usualParallel : value)}
          >
            <Label>{texts.parallel}</Label>
            <Input className="input" />
          </NumberField>
          {told !== null && (
            <p className="remark remark-error" role="alert">
              {told}
            </p>
          )}
          <div className="card-actions">
            <StartStopButton
              label={texts.start}
              stopLabel={state.status === 'stopping' ? texts.stopping : texts.stop}
              isPrimary
              isRunning={underWay}
              isDisabled={underWay ? state.status === 'stopping' : source === null}
              onStart={() => begin(false)}
              onStop={stop}
            />
            {!underWay && done > 0 && open > 0 && (
              <Button className="button" onPress={() => begin(true)}>
                {count(texts.goOn, open)}
              </Button>
            )}
            {state.rows.length > 0 && (
              <>
                <progress className="many-progress" max={state.rows.length} value={done} aria-label={texts.table} />
                <span className="quiet-text">{fill(texts.progress, { done, all: state.rows.length })}</span>
              </>
            )}
          </div>
        </Form>
        {state.rows.length === 0 ? (
          <p className="hint">{texts.empty}</p>
        ) : (
          <ManyTable rows={state.rows} verdict={hasEnded ? ended : null} />
        )}
      </main>
    </div>
  )
}

function wordsOfRefusal({ id, facts }: Refusal, words: Words): string {
  const { many } = words.dialog.manage
  if (id === 'nothing') return many.nothing
  if (id === 'active') return many.active
  if (id === 'withheld') return words.dialog.withheld
  if (id === 'lost') return many.lost
  return refusalWords({ id, facts }, words)
}
