/** Row C6: the same as a script with the real values, to copy or to save. */
import { useEffect, useState, type RefObject } from 'react'
import { Button } from 'react-aria-components'
import type { Draft } from '../../../contract/contract.ts'
import type { PermissionModel, Script, ScriptFormat } from '../../../contract/guide.ts'
import { scriptText } from '../../../texts/registration/script.ts'
import { useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Choice } from '../../parts/Choice.tsx'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { download } from '../run/reportFile.ts'
import { useGuideWords } from './guideWords.ts'

type ScriptPanelProps = {
  headingRef: RefObject<HTMLHeadingElement | null>
  formats: readonly ScriptFormat[]
  format: ScriptFormat
  model: PermissionModel
  draft: Draft
  onFormat: (format: ScriptFormat) => void
}

/** How long typing has to pause before the script is written again. */
const pauseMs = 200

export function ScriptPanel({ headingRef, formats, format, model, draft, onFormat }: ScriptPanelProps) {
  const client = useClient()
  const announce = useAnnounce()
  const { guide, language, fill } = useGuideWords()
  const [appName, setAppName] = useState('EWS Setup')
  const [mailboxes, setMailboxes] = useState('')
  const [certificate, setCertificate] = useState(false)
  const [delegated, setDelegated] = useState(true)
  const [script, setScript] = useState<Script | 'failed' | null>(null)
  const nameIsWrong = !/^[^@-].{0,119}$/su.test(appName.trim())

  useEffect(() => {
    if (nameIsWrong) return undefined
    let stale = false
    const options = {
      appName,
      mailboxes: mailboxes.split(/[\n,;]+/).filter((line) => line.trim() !== ''),
      credential: certificate ? ('certificate' as const) : ('secret' as const),
      delegated,
    }
    const timer = setTimeout(() => {
      client.guide.script({ format, model, draft, options }).then(
        (written) => stale || setScript(written),
        () => stale || setScript('failed'),
      )
    }, pauseMs)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [client, format, model, draft, appName, nameIsWrong, mailboxes, certificate, delegated])

  const shown = script === null || script === 'failed' ? null : script
  const text = shown === null ? '' : scriptText(shown, language)
  const isEntra = format === 'graph-powershell' || format === 'azure-cli'
  const save = (written: Script) => {
    // PowerShell 5.1 takes a file without the mark for the machine's own code page.
    const mark = written.fileName.endsWith('.ps1') ? '\ufeff' : ''
    download({ name: written.fileName, type: 'text/plain;charset=utf-8', content: `${mark}${text}` })
    announce(fill(guide.scripts.saved, { file: written.fileName }))
  }
  return (
    <section className="group" aria-labelledby="scripts-title">
      <h2 id="scripts-title" ref={headingRef} tabIndex={-1}>
        {guide.scripts.title}
      </h2>
      <p className="hint">{guide.scripts.hint}</p>
      <Choice
        id="script-format"
        label={guide.scripts.format}
        value={format}
        options={formats.map((value) => ({ value, label: guide.scripts.formats[value] }))}
        isReadOnly={false}
        onChange={onFormat}
      />
      <div className="field">
        <label htmlFor="script-app-name">{guide.scripts.appName}</label>
        <input
          id="script-app-name"
          className="input"
          value={appName}
          maxLength={120}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={nameIsWrong}
          aria-describedby={nameIsWrong ? 'script-app-name-wrong' : undefined}
          onChange={(event) => setAppName(event.target.value)}
        />
        {nameIsWrong && (
          <div id="script-app-name-wrong" className="remark remark-error">
            {guide.scripts.appNameWrong}
          </div>
        )}
      </div>
      {isEntra ? (
        <>
          <label className="tick">
            <input type="checkbox" checked={certificate} onChange={(event) => setCertificate(event.target.checked)} />
            <span>{guide.scripts.certificate}</span>
          </label>
          <label className="tick">
            <input type="checkbox" checked={delegated} onChange={(event) => setDelegated(event.target.checked)} />
            <span>{guide.scripts.delegated}</span>
          </label>
        </>
      ) : (
        <div className="field">
          <label htmlFor="script-mailboxes">{guide.scripts.mailboxes}</label>
          <textarea
            id="script-mailboxes"
            className="input"
            rows={2}
            spellCheck={false}
            value={mailboxes}
            aria-describedby="script-mailboxes-hint"
            onChange={(event) => setMailboxes(event.target.value)}
          />
          <div id="script-mailboxes-hint" className="hint">
            {guide.scripts.mailboxesHint}
          </div>
        </div>
      )}
      {format === 'exchange-online' && draft.clientId.trim() === '' && (
        <p className="notice notice-warning">{guide.scripts.noClientId}</p>
      )}
      <div className="field">
        <label htmlFor="script-text">{guide.scripts.preview}</label>
        <textarea
          id="script-text"
          className="input script-text"
          readOnly
          rows={16}
          spellCheck={false}
          wrap="off"
          value={text}
        />
      </div>
      {script === 'failed' && <p role="alert">{guide.scripts.failed}</p>}
      <div className="guide-actions">
        <CopyButton text={() => text} label={guide.scripts.copy} what={guide.scripts.preview} />
        <Button
          className="button"
          isDisabled={shown === null || nameIsWrong}
          onPress={() => {
            if (shown !== null) save(shown)
          }}
        >
          {guide.scripts.save}
        </Button>
      </div>
    </section>
  )
}
