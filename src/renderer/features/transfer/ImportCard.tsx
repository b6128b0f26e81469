/** Import: a file, its passphrase where it needs one, what would change, and the way back. */
import { useEffect, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import type { ImportPreview } from '../../../contract/contract.ts'
import { refusalOf, useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { base64Of } from '../../parts/fileBytes.ts'
import { FileChoice } from '../../parts/FileChoice.tsx'
import { Icon } from '../../parts/Icon.tsx'
import type { SectionProps } from '../../sections.tsx'
import { useWords, type Words } from '../../words.ts'
import { useGiven } from '../arrivals/given.ts'
import { PassphraseField } from './PassphraseField.tsx'
import { PlanView, type Choices } from './PlanView.tsx'

export type Plan = Extract<ImportPreview, { kind: 'plan' }>
type ChosenFile = { name: string; content: string }
type Undoable = { at: string; profiles: string[] }

/** As `limits.windowFileBytes`: what the connection between window and program carries. */
const longestBytes = 700 * 1024
const accepted = '.json,.age,.xml,.csv,.txt,application/json,text/xml,text/csv'

type ImportCardProps = Pick<SectionProps, 'start' | 'hasUnsaved' | 'reload' | 'given'>

export function ImportCard({ start, hasUnsaved, reload, given }: ImportCardProps) {
  const client = useClient()
  const words = useWords()
  const { dialog, transfer, fill, count } = words
  const texts = dialog.manage.transfer
  const announce = useAnnounce()
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [needsKey, setNeedsKey] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [plan, setPlan] = useState<Plan | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [undoable, setUndoable] = useState<Undoable | null>(null)

  useEffect(() => {
    let stale = false
    client.transfer.undoable({}).then(
      (found) => stale || setUndoable(found),
      () => undefined,
    )
    return () => {
      stale = true
    }
  }, [client])

  const attempt = async (work: () => Promise<void>) => {
    setProblem(null)
    setBusy(true)
    try {
      await work()
    } catch (error) {
      setProblem(problemOf(error, words))
    } finally {
      setBusy(false)
    }
  }

  const look = async (chosen: ChosenFile, key: string | null) => {
    const preview = await client.transfer.preview({
      content: chosen.content,
      into: start.profile,
      key: key === null ? null : { kind: 'passphrase', passphrase: key },
    })
    setPassphrase('')
    if (preview.kind === 'plan') {
      setPlan(preview)
      setNeedsKey(false)
      return
    }
    setPlan(null)
    setNeedsKey(preview.id === 'key-needed' || preview.id === 'wrong-key')
    if (preview.id !== 'key-needed') setProblem(refusalWords(preview, words))
  }

  const choose = (chosen: File) =>
    void attempt(async () => {
      setPlan(null)
      setNeedsKey(false)
      setFile(null)
      if (chosen.size > longestBytes) {
        setProblem(fill(texts.tooLarge, { limit: longestBytes / 1024 }))
        return
      }
      const read = { name: chosen.name, content: await base64Of(chosen) }
      setFile(read)
      await look(read, null)
    })

  useGiven(given, (what) => {
    if (what.kind === 'file') choose(what.file)
  })

  const discard = () => {
    setPlan(null)
    setFile(null)
    setNeedsKey(false)
    setPassphrase('')
    setProblem(null)
    client.transfer.discard({}).catch(() => undefined)
  }

  const apply = ({ accept, replaceSecrets }: Choices) =>
    void attempt(async () => {
      if (plan === null) return
      const done = await client.transfer.apply({ plan: plan.plan, accepted: [...accept], replaceSecrets })
      setPlan(null)
      setFile(null)
      await reload()
      announce(count(transfer.import.applied, done.profiles.length, { profiles: done.profiles.slice(0, 5) }))
    })

  const undo = () =>
    void attempt(async () => {
      const done = await client.transfer.undo({})
      await reload()
      announce(fill(transfer.import.undone, { profiles: done.profiles.slice(0, 5) }))
    })

  return (
    <section className="group card" aria-labelledby="import-title">
      <h2 id="import-title">{texts.importTitle}</h2>
      <p className="hint">{texts.importText}</p>
      <FileChoice
        label={texts.choose}
        accept={accepted}
        chosen={file === null ? null : fill(texts.chosen, { name: file.name })}
        isDisabled={isBusy}
        onChoose={choose}
      />
      {isBusy && <p className="hint">{plan === null ? texts.reading : texts.applying}</p>}
      {needsKey && file !== null && (
        <Form
          className="card-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (passphrase !== '') void attempt(() => look(file, passphrase))
          }}
        >
          <p>{transfer.refusals['key-needed']}</p>
          <PassphraseField label={texts.passphrase} value={passphrase} autoFocus onChange={setPassphrase} />
          <div className="card-actions">
            <Button className="button primary" type="submit" isDisabled={isBusy || passphrase === ''}>
              {texts.openWith}
            </Button>
            <Button className="button" onPress={discard}>
              {texts.cancel}
            </Button>
          </div>
        </Form>
      )}
      {problem !== null && (
        <p className="remark remark-error" role="alert">
          {problem}
        </p>
      )}
      {plan !== null && (
        <PlanView
          key={plan.plan}
          plan={plan}
          isBusy={isBusy}
          obstacle={hasUnsaved ? fill(texts.basicsUnsaved, { tab: dialog.sections.basics.tab }) : null}
          onApply={apply}
          onDiscard={discard}
        />
      )}
      {undoable !== null && plan === null && (
        <div className="notice" role="note">
          <Icon name="info" />
          <div className="card-form">
            <p>{fill(texts.undoOf, { date: words.date(undoable.at), profiles: undoable.profiles.slice(0, 5) })}</p>
            <Button className="button" isDisabled={isBusy || hasUnsaved} onPress={undo}>
              {texts.undo}
            </Button>
          </div>
        </div>
      )}
    </section>
  )
}

/** Refusals have words by their id; one from a newer host reads as a file of an unknown kind. */
export function refusalWords(
  { id, facts }: { id: string; facts: Record<string, string | number> },
  words: Words,
): string {
  const table: Readonly<Record<string, string>> = words.transfer.refusals
  return words.fill(
    (Object.hasOwn(table, id) ? table[id] : undefined) ?? words.transfer.refusals['unknown-format'],
    facts,
  )
}

function problemOf(error: unknown, { dialog, transfer, fill }: Words): string {
  const data = refusalOf(error)?.data ?? {}
  const code = typeof data['code'] === 'string' ? data['code'] : ''
  switch (data['reason']) {
    case 'stale':
      return transfer.import.stale
    case 'not-confirmed':
      return dialog.notConfirmed
    case 'no-plan':
      return dialog.manage.transfer.noPlan
    case 'nothing-to-undo':
      return transfer.import.nothingToUndo
    case 'secret-not-saved':
      return transfer.profile['secret-not-saved']
    case 'settings-not-saved':
      return fill(transfer.profile['settings-not-saved'], { code })
    default:
      return dialog.manage.transfer.failed
  }
}
