/** Row E1: the profile in the header, and the window to switch, add, duplicate, rename and delete profiles. */
import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Modal, ModalOverlay } from 'react-aria-components'
import { Icon } from '../../parts/Icon.tsx'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { useWords } from '../../words.ts'
import { ProfileList } from './ProfileList.tsx'
import { UnsavedQuestion } from './UnsavedQuestion.tsx'

type ProfileSwitcherProps = {
  current: string
  /** Something typed would be lost by opening another profile. */
  hasUnsaved: boolean
  /** The host has another state now. */
  onChanged: () => Promise<void>
}

export function ProfileSwitcher({ current, hasUnsaved, onChanged }: ProfileSwitcherProps) {
  const { dialog, fill } = useWords()
  const announce = useAnnounce()
  const [isOpen, setOpen] = useState(false)
  /** What waits for the answer about unsaved changes. */
  const [waiting, setWaiting] = useState<(() => void) | null>(null)

  const guard = (change: () => void) => {
    if (hasUnsaved) setWaiting(() => change)
    else change()
  }
  const changed = async (message: string) => {
    setOpen(false)
    await onChanged()
    announce(message)
  }
  return (
    <>
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <Button className="button profile-button" aria-label={fill(dialog.manage.switcher.open, { profile: current })}>
          <span className="profile-name">{current}</span>
          <Icon name="chevron" className="profile-chevron" />
        </Button>
        <ModalOverlay className="overlay">
          <Modal className="modal">
            <Dialog className="dialog">
              {({ close }) => <ProfileList current={current} guard={guard} onChanged={changed} close={close} />}
            </Dialog>
          </Modal>
        </ModalOverlay>
      </DialogTrigger>
      <UnsavedQuestion
        profile={current}
        isOpen={waiting !== null}
        onAnswer={(discard) => {
          setWaiting(null)
          if (discard) waiting?.()
        }}
      />
    </>
  )
}
