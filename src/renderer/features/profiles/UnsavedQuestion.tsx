/** Asks before typed values are thrown away. The safe answer is the default, and Escape gives it. */
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useWords } from '../../words.ts'

type Props = { profile: string; isOpen: boolean; onAnswer: (discard: boolean) => void }

export function UnsavedQuestion({ profile, isOpen, onAnswer }: Props) {
  const { dialog, fill } = useWords()
  const words = dialog.manage.unsaved
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={(open) => open || onAnswer(false)}>
      <Modal className="modal">
        <Dialog role="alertdialog" className="dialog" aria-describedby="unsaved-text">
          <Heading slot="title">{words.title}</Heading>
          <p id="unsaved-text">{fill(words.text, { profile })}</p>
          <div className="dialog-actions">
            <Button className="button primary" autoFocus onPress={() => onAnswer(false)}>
              {words.stay}
            </Button>
            <Button className="button danger" onPress={() => onAnswer(true)}>
              {words.discard}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
