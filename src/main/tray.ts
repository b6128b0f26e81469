/** The icon beside the clock: what automatic calls are doing, and a message when a connection becomes inactive. There only while calls are made. */
import { Menu, nativeImage, Notification, Tray } from 'electron'
import type { Language } from '../contract/contract.ts'
import { automation as de } from '../texts/automation.de.ts'
import { automation as en } from '../texts/automation.en.ts'
import { fill } from '../texts/format.ts'
import { iconPng, type TrayTone } from './trayIcon.ts'

export type TrayState = { active: number; attention: number }

export type TrayControl = {
  /** Null: no calls are made here, so there is no icon. */
  show(state: TrayState | null): void
  /** Says which connections became inactive, where the person wants to hear it. */
  inactive(mailboxes: readonly string[]): void
  /** The language changed, or the choice about messages. */
  refresh(): void
}

export function createTray(o: {
  language: () => Language
  notifies: () => boolean
  onNotifies: (on: boolean) => void
  onOpen: () => void
  onQuit: () => void
  report: (problem: unknown) => void
}): TrayControl {
  // Without a reference that lives as long as the program the icon would vanish.
  let tray: Tray | null = null
  let state: TrayState | null = null
  const texts = () => (o.language() === 'de' ? de.tray : en.tray)

  function draw(): void {
    if (state === null) {
      tray?.destroy()
      tray = null
      return
    }
    const { active, attention } = state
    const tone: TrayTone = attention > 0 ? 'attention' : active > 0 ? 'good' : 'idle'
    const t = texts()
    const words =
      attention > 0
        ? fill(t.attention, { count: attention }, o.language())
        : active > 0
          ? fill(t.good, { count: active }, o.language())
          : t.idle
    try {
      const image = nativeImage.createFromBuffer(iconPng(tone))
      if (tray === null) {
        tray = new Tray(image)
        tray.on('click', o.onOpen)
      } else tray.setImage(image)
      tray.setToolTip(words)
      // On Linux a menu shows its changes only when it is set anew, and there a click may not be told.
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: words, enabled: false },
          { type: 'separator' },
          { label: t.open, click: o.onOpen },
          {
            label: t.notify,
            type: 'checkbox',
            checked: o.notifies(),
            click: () => o.onNotifies(!o.notifies()),
          },
          { type: 'separator' },
          { label: t.quit, click: o.onQuit },
        ]),
      )
    } catch (error) {
      // A desktop without a place for icons; the window says the same.
      tray = null
      o.report(error)
    }
  }

  return {
    show(next) {
      if (JSON.stringify(next) === JSON.stringify(state)) return
      state = next
      draw()
    },
    inactive(mailboxes) {
      if (mailboxes.length === 0 || !o.notifies() || !Notification.isSupported()) return
      const t = texts()
      const [mailbox = ''] = mailboxes
      const body =
        mailboxes.length === 1
          ? fill(t.inactiveBody, { mailbox }, o.language())
          : fill(t.inactiveMany, { count: mailboxes.length }, o.language())
      const notification = new Notification({ title: t.inactiveTitle, body })
      notification.on('click', o.onOpen)
      // An unsigned program may not show any on macOS.
      notification.on('failed', (_event, error) => o.report(`no notification: ${error}`))
      notification.show()
    },
    refresh: draw,
  }
}
