/** The list of profiles with its search, and what can be done with the chosen one. */
import { useEffect, useState } from 'react'
import { Button, Heading, Input, Label, ListBox, ListBoxItem, SearchField } from 'react-aria-components'
import type { ProfileLine, ProfileRefusal } from '../../../contract/contract.ts'
import { refusalOf, useClient } from '../../client.ts'
import { useWords, type Words } from '../../words.ts'
import { NameForm, type Naming } from './NameForm.tsx'

type ProfileListProps = {
  current: string
  /** Runs a change that would throw away what was typed, after the person was asked. */
  guard: (change: () => void) => void
  /** The change was made; the message is read out. */
  onChanged: (message: string) => Promise<void>
  close: () => void
}

type Step = { kind: 'list' } | { kind: 'naming'; naming: Naming } | { kind: 'removing' }

export function ProfileList({ current, guard, onChanged, close }: ProfileListProps) {
  const client = useClient()
  const words = useWords()
  const { dialog, fill } = words
  const texts = dialog.manage.switcher
  const [lines, setLines] = useState<readonly ProfileLine[] | null>(null)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState(current)
  const [step, setStep] = useState<Step>({ kind: 'list' })
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    let stale = false
    client.profiles.list({}).then(
      (found) => stale || setLines(found),
      () => stale || setProblem(texts.failed),
    )
    return () => {
      stale = true
    }
  }, [client, texts.failed])

  const fits = (lines ?? []).filter((line) => matches(line, search))
  const isThere = fits.some(({ name }) => name === chosen)

  const change = async (
    work: () => Promise<{ name: string }>,
    message: (name: string) => string,
    attempted = chosen,
  ) => {
    setProblem(null)
    try {
      const { name } = await work()
      await onChanged(message(name))
    } catch (error) {
      setProblem(problemOf(error, attempted, words))
    }
  }
  const opened = (profile: string) => fill(texts.switched, { profile })
  const select = (name: string) => {
    if (name === current) close()
    else guard(() => void change(() => client.profiles.select({ name }), opened))
  }
  const submitName = (naming: Naming, as: string) =>
    guard(
      () =>
        void change(
          async () => {
            if (naming === 'rename') return client.profiles.rename({ name: chosen, as })
            const made =
              naming === 'add'
                ? await client.profiles.add({ name: as })
                : await client.profiles.duplicate({ name: chosen, as })
            return client.profiles.select(made)
          },
          opened,
          as.trim(),
        ),
    )

  const failure = problem !== null && (
    <p className="remark remark-error" role="alert">
      {problem}
    </p>
  )
  if (step.kind === 'naming') {
    return (
      <NameForm
        naming={step.naming}
        profile={chosen}
        problem={failure}
        onSubmit={(as) => submitName(step.naming, as)}
        onBack={() => {
          setProblem(null)
          setStep({ kind: 'list' })
        }}
      />
    )
  }
  if (step.kind === 'removing') {
    return (
      <>
        <Heading slot="title">{texts.title}</Heading>
        <p>{fill(texts.confirmRemove, { profile: chosen })}</p>
        {failure}
        <div className="dialog-actions">
          <Button className="button primary" autoFocus onPress={() => setStep({ kind: 'list' })}>
            {texts.back}
          </Button>
          <Button
            className="button danger"
            onPress={() =>
              void change(
                () => client.profiles.remove({ name: chosen }),
                (profile) => fill(texts.removed, { profile }),
              )
            }
          >
            {texts.confirmRemoveYes}
          </Button>
        </div>
      </>
    )
  }
  return (
    <>
      <Heading slot="title">{texts.title}</Heading>
      <SearchField className="field" value={search} onChange={setSearch} autoFocus>
        <Label>{texts.search}</Label>
        <Input className="input" />
      </SearchField>
      <ListBox
        className="profile-list"
        aria-label={texts.list}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={isThere ? [chosen] : []}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys]
          if (typeof key === 'string') setChosen(key)
        }}
        renderEmptyState={() => (lines === null ? null : <p className="hint">{fill(texts.none, { text: search })}</p>)}
      >
        {fits.map((line) => (
          <ListBoxItem key={line.name} id={line.name} textValue={line.name} className="profile-line">
            <span className="profile-line-name">
              {line.name}
              {line.isCurrent && <span className="quiet-text"> · {texts.current}</span>}
            </span>
            <span className="quiet-text">{line.email === '' ? texts.noAddress : line.email}</span>
          </ListBoxItem>
        ))}
      </ListBox>
      {failure}
      <div className="profile-actions">
        <Button className="button quiet" onPress={() => setStep({ kind: 'naming', naming: 'add' })}>
          {texts.add}
        </Button>
        <Button
          className="button quiet"
          isDisabled={!isThere}
          onPress={() => setStep({ kind: 'naming', naming: 'duplicate' })}
        >
          {texts.duplicate}
        </Button>
        <Button
          className="button quiet"
          isDisabled={!isThere}
          onPress={() => setStep({ kind: 'naming', naming: 'rename' })}
        >
          {texts.rename}
        </Button>
        <Button
          className="button quiet danger"
          isDisabled={!isThere}
          onPress={() =>
            chosen === current ? guard(() => setStep({ kind: 'removing' })) : setStep({ kind: 'removing' })
          }
        >
          {texts.remove}
        </Button>
      </div>
      <div className="dialog-actions">
        <Button className="button" onPress={close}>
          {texts.close}
        </Button>
        <Button className="button primary" isDisabled={!isThere} onPress={() => select(chosen)}>
          {texts.select}
        </Button>
      </div>
    </>
  )
}

function matches({ name, email, ewsUrl }: ProfileLine, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  return wanted === '' || [name, email, ewsUrl].some((text) => text.toLowerCase().includes(wanted))
}

const reasons: readonly ProfileRefusal[] = [
  'no-profile',
  'name-taken',
  'bad-name',
  'secret-not-saved',
  'settings-not-saved',
]

function problemOf(error: unknown, name: string, { dialog, transfer, fill }: Words): string {
  const refusal = refusalOf(error)
  const reason = reasons.find((known) => known === refusal?.data['reason'])
  if (reason === undefined) return dialog.manage.switcher.failed
  const code = refusal?.data['code']
  return fill(transfer.profile[reason], { name, code: typeof code === 'string' ? code : '', most: 200 })
}
