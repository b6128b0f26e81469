/** Asks whether a host outside the mail domain may get login data. The safe answer is the default, and Escape gives it. */
import { Fragment, useState } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import type { ConsentQuestion } from '../../../contract/contract.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'

type ConsentDialogProps = { question: ConsentQuestion | null; onAnswer: (consent: boolean, remember: boolean) => void }

export function ConsentDialog({ question, onAnswer }: ConsentDialogProps) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={question !== null}
      onOpenChange={(open) => open || onAnswer(false, false)}
    >
      <Modal className="modal">{question !== null && <Question question={question} onAnswer={onAnswer} />}</Modal>
    </ModalOverlay>
  )
}

function Question({ question, onAnswer }: { question: ConsentQuestion; onAnswer: ConsentDialogProps['onAnswer'] }) {
  const { dialog, fill, date } = useWords()
  const { mailDomain, host, namedBy, certificate } = question
  const [remember, setRemember] = useState(false)
  return (
    <Dialog role="alertdialog" className="dialog" aria-describedby="consent-why">
      <Heading slot="title">{fill(dialog.consent.title, { host })}</Heading>
      <p id="consent-why">{fill(dialog.consent.why, { mailDomain, host })}</p>
      <dl className="consent-facts">
        <Fact term={dialog.consent.mailDomain} value={mailDomain} />
        <Fact term={dialog.consent.host} value={host} />
        <Fact term={dialog.consent.named} value={namedBy} />
      </dl>
      <h3>{dialog.consent.certificate}</h3>
      {certificate === null ? (
        <p>{dialog.consent.noCertificate}</p>
      ) : (
        <dl className="consent-facts">
          <Fact term={dialog.consent.subject} value={certificate.subject} />
          <Fact term={dialog.consent.issuer} value={certificate.issuer} />
          <Fact
            term={dialog.consent.validity}
            value={fill(dialog.consent.period, { from: date(certificate.validFrom), to: date(certificate.validTo) })}
          />
          <Fact term={dialog.consent.fingerprint} value={certificate.sha256} mono />
        </dl>
      )}
      <p className="advice">
        <Icon name="warning" />
        <span>{dialog.consent.advice}</span>
      </p>
      <label className="check">
        <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} />
        <span>
          {dialog.consent.remember}
          <span className="hint"> {dialog.consent.rememberHint}</span>
        </span>
      </label>
      <div className="dialog-actions">
        <Button className="button primary" autoFocus onPress={() => onAnswer(false, false)}>
          {dialog.consent.no}
        </Button>
        <Button className="button" onPress={() => onAnswer(true, remember)}>
          {dialog.consent.yes}
        </Button>
      </div>
    </Dialog>
  )
}

function Fact({ term, value, mono = false }: { term: string; value: string; mono?: boolean }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className={mono ? 'mono' : undefined}>{mono ? <Fingerprint text={value} /> : value}</dd>
    </div>
  )
}

/** May break after each colon; what is selected and copied stays as it is. */
function Fingerprint({ text }: { text: string }) {
  return text.split(':').map((byte, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <>
          :<wbr />
        </>
      )}
      {byte}
    </Fragment>
  ))
}
