/** The update check: a press, and whether to ask at a start. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { UpdateResult, UpdateState } from '../../../contract/about.ts'
import { assertNever } from '../../assertNever.ts'
import type { AboutTexts } from '../../../texts/about.en.ts'
import { refusalOf, useClient } from '../../client.ts'
import { useWords } from '../../words.ts'

export function UpdateCheck({ texts, first }: { texts: AboutTexts['updates']; first: UpdateState }) {
  return (
    <section>
      <h3>{texts.title}</h3>
      {first.kind === 'available' ? <Check texts={texts} first={first} /> : <p>{texts[first.kind]}</p>}
    </section>
  )
}

function Check({ texts, first }: { texts: AboutTexts['updates']; first: Extract<UpdateState, { kind: 'available' }> }) {
  const client = useClient()
  const { fill } = useWords()
  const [result, setResult] = useState(first.last)
  const [onStart, setOnStart] = useState(first.onStart)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const check = async () => {
    setBusy(true)
    setProblem(null)
    const found = await client.about
      .checkUpdates({})
      .catch((): UpdateResult => ({ kind: 'failed', reason: 'unreachable' }))
    setResult(found)
    setBusy(false)
  }
  const choose = (on: boolean) => {
    setOnStart(on)
    setProblem(null)
    client.about.setUpdatesOnStart({ on }).catch((error: unknown) => {
      setOnStart(!on)
      setProblem(refusalOf(error) === null ? texts.failures.unreachable : texts.notSaved)
    })
  }
  return (
    <>
      <p>{fill(texts.text, { host: first.host })}</p>
      <div className="card-actions">
        <Button className="button" isDisabled={isBusy} onPress={() => void check()}>
          {isBusy ? texts.checking : texts.check}
        </Button>
        {result?.kind === 'newer' && (
          <Button className="button primary" onPress={() => void client.about.openNotes({}).catch(() => undefined)}>
            {texts.open}
          </Button>
        )}
      </div>
      <p role="status">{problem ?? (result === null ? '' : wordsOf(result, texts, fill))}</p>
      <label className="check">
        <input type="checkbox" checked={onStart} onChange={(event) => choose(event.target.checked)} />
        <span>{texts.onStart}</span>
      </label>
    </>
  )
}

function wordsOf(
  result: UpdateResult,
  texts: AboutTexts['updates'],
  fill: (text: string, facts: { version: string; date: string }) => string,
): string {
  switch (result.kind) {
    case 'current':
      return texts.current
    case 'newer':
      return fill(texts.newer, result)
    case 'failed':
      return texts.failures[result.reason]
    default:
      return assertNever(result)
  }
}
