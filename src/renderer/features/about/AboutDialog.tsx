/** About the product: what it is, on what it runs, updates, what is new, and the licences. Loaded when it is opened. */
import { useEffect, useState } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import type { About } from '../../../contract/about.ts'
import { about as de } from '../../../texts/about.de.ts'
import { about as en, type AboutTexts } from '../../../texts/about.en.ts'
import { news as newsDe } from '../../../texts/news.de.ts'
import { news as newsEn } from '../../../texts/news.en.ts'
import { useClient } from '../../client.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { useWords } from '../../words.ts'
import { Licences } from './Licences.tsx'
import { UpdateCheck } from './UpdateCheck.tsx'

/** What of it a person asked for. */
export type AboutPart = 'about' | 'whats-new'

export default function AboutDialog({ part, onClose }: { part: AboutPart; onClose: () => void }) {
  const { language } = useWords()
  const texts = language === 'de' ? de : en
  return (
    <ModalOverlay className="overlay" isDismissable isOpen onOpenChange={(open) => open || onClose()}>
      <Modal className="modal">
        <Dialog className="dialog about">
          <Heading slot="title">{part === 'about' ? texts.title : texts.whatsNew}</Heading>
          {part === 'about' && <Product texts={texts} />}
          <News texts={texts} isAlone={part === 'whats-new'} />
          <div className="dialog-actions">
            <Button className="button primary" autoFocus onPress={onClose}>
              {texts.close}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Product({ texts }: { texts: AboutTexts }) {
  const client = useClient()
  const [info, setInfo] = useState<About | 'failed' | null>(null)
  useEffect(() => {
    let stale = false
    client.about.info({}).then(
      (found) => stale || setInfo(found),
      () => stale || setInfo('failed'),
    )
    return () => {
      stale = true
    }
  }, [client])
  return (
    <>
      <p>{texts.what}</p>
      <p>{texts.data}</p>
      <p>{texts.licence}</p>
      {info === null && <p className="hint">{texts.loading}</p>}
      {info === 'failed' && (
        <p className="remark remark-error" role="alert">
          {texts.failed}
        </p>
      )}
      {info !== null && info !== 'failed' && (
        <>
          <h3>{texts.versions}</h3>
          <dl className="consent-facts">
            {linesOf(info, texts).map(([term, value]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <div>
            <CopyButton
              label={texts.copy}
              what={texts.versions}
              text={() =>
                linesOf(info, texts)
                  .map((line) => line.join(' '))
                  .join('\n')
              }
            />
          </div>
          <UpdateCheck texts={texts.updates} first={info.updates} />
        </>
      )}
      <Licences texts={texts.licences} />
    </>
  )
}

function linesOf({ version, runtime, platform }: About, texts: AboutTexts): [string, string][] {
  return [
    [texts.product, version],
    ...runtime.map(({ name, version: of }): [string, string] => [name, of]),
    [texts.system, platform],
  ]
}

function News({ texts, isAlone }: { texts: AboutTexts; isAlone: boolean }) {
  const { language, fill } = useWords()
  const releases = language === 'de' ? newsDe : newsEn
  const Title = isAlone ? 'h3' : 'h4'
  const list = releases.map(({ version, lines }) => (
    <section key={version}>
      <Title>{fill(texts.releaseOf, { version })}</Title>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  ))
  if (isAlone) return list
  return (
    <details>
      <summary>{texts.whatsNew}</summary>
      {list}
    </details>
  )
}
