/** Export: which profiles, in which form, and for secrets the lock. */
import { useState } from 'react'
import { Button, Form, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components'
import type { AppState, ProfileDescription, ProfileLine } from '../../../contract/contract.ts'
import { sheetHtml, sheetOf, type Sheet } from '../../../texts/sheet.ts'
import { assertNever } from '../../assertNever.ts'
import { refusalOf, useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Choice } from '../../parts/Choice.tsx'
import { bytesOf } from '../../parts/fileBytes.ts'
import { useWords, type Words } from '../../words.ts'
import { download } from '../run/reportFile.ts'
import { PassphraseField } from './PassphraseField.tsx'
import { PrintedSheet } from './PrintedSheet.tsx'

type Format = keyof Words['dialog']['manage']['transfer']['formats']
type LockKind = 'passphrase' | 'recipient'

export function ExportCard({ start, profiles }: { start: AppState; profiles: readonly ProfileLine[] }) {
  const client = useClient()
  const words = useWords()
  const { dialog, fill, count, language } = words
  const texts = dialog.manage.transfer
  const announce = useAnnounce()
  const [all, setAll] = useState(false)
  const [format, setFormat] = useState<Format>('json')
  const [lockKind, setLockKind] = useState<LockKind>('passphrase')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [recipient, setRecipient] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [sheet, setSheet] = useState<Sheet | null>(null)

  const names = all && format !== 'env' ? profiles.map(({ name }) => name) : [start.profile]
  const formats = (
    ['json', 'sealed', 'env', 'html', ...(start.face === 'desktop' ? ['pdf' as const] : [])] as const
  ).map((value) => ({ value, label: texts.formats[value] }))
  const isSheet = format === 'html' || format === 'pdf'

  const described = async (): Promise<Sheet> =>
    sheetOf((await client.transfer.describe({ profiles: names })) satisfies ProfileDescription[], {
      language,
      version: start.version,
      now: new Date(),
    })

  const make = async (): Promise<void> => {
    switch (format) {
      case 'json':
      case 'env':
        return save(await client.transfer.export({ profiles: names, format, lock: null }))
      case 'sealed': {
        const lock =
          lockKind === 'passphrase' ? { kind: lockKind, passphrase } : { kind: lockKind, recipient: recipient.trim() }
        const file = await client.transfer.export({ profiles: names, format: 'json', lock })
        setPassphrase('')
        setAgain('')
        return save(file)
      }
      case 'html':
        return download({
          name: 'ews-setup.html',
          type: 'text/html;charset=utf-8',
          content: sheetHtml(await described()),
        })
      case 'pdf':
        return save(await client.transfer.pdf({ profiles: names, language }))
      default:
        return assertNever(format)
    }
  }

  const attempt = async (work: () => Promise<void>, done: string | null) => {
    setProblem(null)
    setBusy(true)
    try {
      await work()
      if (done !== null) announce(done)
    } catch (error) {
      setProblem(format === 'pdf' ? texts.pdfFailed : problemOf(error, words))
    } finally {
      setBusy(false)
    }
  }

  const submit = () => {
    if (format === 'sealed' && lockKind === 'passphrase') {
      const wrong = passphrase === '' ? texts.passphraseEmpty : passphrase === again ? null : texts.passphraseDiffers
      setProblem(wrong)
      if (wrong !== null) return
    }
    void attempt(make, texts.exported)
  }

  return (
    <Form
      className="group card"
      aria-labelledby="export-title"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h2 id="export-title">{texts.exportTitle}</h2>
      <p className="hint">{texts.exportText}</p>
      <RadioGroup
        className="field radios"
        value={all && format !== 'env' ? 'all' : 'one'}
        isDisabled={format === 'env'}
        onChange={(value) => setAll(value === 'all')}
      >
        <Label>{texts.which}</Label>
        <Radio className="radio" value="one">
          {fill(texts.whichOne, { profile: start.profile })}
        </Radio>
        <Radio className="radio" value="all">
          {count(texts.whichAll, profiles.length)}
        </Radio>
      </RadioGroup>
      {format === 'env' && <p className="hint">{texts.envOne}</p>}
      <Choice
        id="export-format"
        label={texts.format}
        value={format}
        options={formats}
        isReadOnly={isBusy}
        onChange={(value) => {
          setFormat(value)
          setProblem(null)
        }}
      />
      {format === 'sealed' && (
        <>
          <Choice
            id="export-lock"
            label={texts.lock}
            value={lockKind}
            options={(['passphrase', 'recipient'] as const).map((value) => ({ value, label: texts.locks[value] }))}
            isReadOnly={isBusy}
            onChange={setLockKind}
          />
          {lockKind === 'passphrase' ? (
            <div className="pair pair-top">
              <PassphraseField
                label={texts.passphrase}
                hint={texts.passphraseHint}
                value={passphrase}
                onChange={setPassphrase}
              />
              <PassphraseField label={texts.passphraseAgain} value={again} onChange={setAgain} />
            </div>
          ) : (
            <TextField
              className="field"
              value={recipient}
              onChange={setRecipient}
              autoComplete="off"
              spellCheck="false"
            >
              <Label>{texts.recipient}</Label>
              <Input className="input mono" />
            </TextField>
          )}
        </>
      )}
      {problem !== null && (
        <p className="remark remark-error" role="alert">
          {problem}
        </p>
      )}
      <div className="card-actions">
        <Button className="button primary" type="submit" isDisabled={isBusy}>
          {texts.download}
        </Button>
        {isSheet && (
          <Button
            className="button"
            isDisabled={isBusy}
            onPress={() => void attempt(async () => setSheet(await described()), null)}
          >
            {texts.print}
          </Button>
        )}
      </div>
      {sheet !== null && <PrintedSheet sheet={sheet} onDone={() => setSheet(null)} />}
    </Form>
  )
}

function save({ name, type, content }: { name: string; type: string; content: string }): void {
  download({ name, type, content: bytesOf(content) })
}

function problemOf(error: unknown, { dialog, transfer, fill }: Words): string {
  const data = refusalOf(error)?.data ?? {}
  const profile = typeof data['profile'] === 'string' ? data['profile'] : ''
  switch (data['reason']) {
    case 'not-confirmed':
      return dialog.notConfirmed
    case 'bad-recipient':
      return transfer.export.badRecipient
    case 'secret-unreadable':
      return fill(transfer.export.secretUnreadable, { profile, secret: '…' })
    case 'no-profile':
      return fill(transfer.profile['no-profile'], { name: profile })
    default:
      return dialog.manage.transfer.failed
  }
}
