/** Row D3: copy the report of a run, or save it after a look at exactly what leaves. */
import { useMemo, useState } from 'react'
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay, Switch } from 'react-aria-components'
import type { RunResult } from '../../../contract/contract.ts'
import { asMarkdown, reportOf } from '../../../texts/report/index.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Choice } from '../../parts/Choice.tsx'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { useWords } from '../../words.ts'
import { download, reportFile, reportFormats, type ReportFormat } from './reportFile.ts'

export function ReportActions({ result }: { result: RunResult }) {
  const { dialog, language } = useWords()
  const [mask, setMask] = useState(false)
  return (
    <div className="report-actions">
      <CopyButton
        text={() => asMarkdown(reportOf(result, { language, mask }))}
        label={dialog.report.copy}
        what={dialog.report.title}
      />
      <DialogTrigger>
        <Button className="button quiet">{dialog.report.save}</Button>
        <ModalOverlay className="overlay">
          <Modal className="modal report-modal">
            <Dialog className="dialog">
              {({ close }) => <Preview result={result} mask={mask} onMask={setMask} close={close} />}
            </Dialog>
          </Modal>
        </ModalOverlay>
      </DialogTrigger>
    </div>
  )
}

type PreviewProps = { result: RunResult; mask: boolean; onMask: (mask: boolean) => void; close: () => void }

function Preview({ result, mask, onMask, close }: PreviewProps) {
  const { dialog, language } = useWords()
  const announce = useAnnounce()
  const [format, setFormat] = useState<ReportFormat>('text')
  const file = useMemo(() => reportFile(result, { format, mask, language }), [result, format, mask, language])
  return (
    <>
      <Heading slot="title">{dialog.report.title}</Heading>
      <p>{dialog.report.why}</p>
      <Choice
        id="report-format"
        label={dialog.report.format}
        value={format}
        options={reportFormats.map((value) => ({ value, label: dialog.report.formats[value] }))}
        isReadOnly={false}
        onChange={setFormat}
      />
      <div className="field">
        <Switch className="switch" isSelected={mask} onChange={onMask} aria-describedby="report-mask-hint">
          <span className="switch-track">
            <span className="switch-thumb" />
          </span>
          <span>{dialog.report.mask}</span>
        </Switch>
        <div id="report-mask-hint" className="hint">
          {dialog.report.maskHint}
        </div>
      </div>
      <div className="field">
        <label htmlFor="report-preview">{dialog.report.preview}</label>
        <textarea
          id="report-preview"
          className="input report-preview"
          readOnly
          spellCheck={false}
          wrap="soft"
          rows={14}
          value={file.content}
        />
      </div>
      <div className="dialog-actions">
        <Button className="button" onPress={close}>
          {dialog.report.close}
        </Button>
        <CopyButton text={() => file.content} label={dialog.report.copyShown} what={dialog.report.title} />
        <Button
          className="button primary"
          onPress={() => {
            download(file)
            announce(dialog.report.saved)
          }}
        >
          {dialog.report.download}
        </Button>
      </div>
    </>
  )
}
