/** Asks a person in a dialog of the operating system, which no page can draw, see or answer. The button that is ready is No. */
import type { BrowserWindow, Dialog } from 'electron'
import type { Language } from '../contract/contract.ts'
import { assertNever } from '../core/assertNever.ts'
import { limits } from '../core/limits.ts'
import type { Confirm, Confirmation } from '../host/confirmation.ts'
import { confirm as de } from '../texts/confirm.de.ts'
import { confirm as en, type ConfirmTexts } from '../texts/confirm.en.ts'
import { fill } from '../texts/format.ts'

/** A name comes from the window: short, and on one line, so that it cannot look like a sentence of ours. */
const longestName = 200
const mostChanges = 12

export function openConfirm(o: {
  dialog: Pick<Dialog, 'showMessageBox'>
  window: () => BrowserWindow | undefined
  language: () => Language
  clock?: () => number
}): Confirm {
  const { dialog, clock = Date.now } = o
  let isOpen = false
  let quietUntil = -Infinity
  return async (question) => {
    // One at a time, and after a no a while without: nobody is worn down to a yes.
    if (isOpen || clock() < quietUntil) return false
    const window = o.window()
    if (window === undefined) return false
    isOpen = true
    try {
      const language = o.language()
      const texts = language === 'de' ? de : en
      const { response } = await dialog.showMessageBox(window, {
        type: 'warning',
        title: texts.title,
        message: texts[question.kind],
        detail: detailOf(question, texts, language),
        buttons: [texts.no, texts.yes],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      })
      if (response === 1) return true
      quietUntil = clock() + limits.quietAfterNoMs
      return false
    } finally {
      isOpen = false
    }
  }
}

function detailOf(question: Confirmation, texts: ConfirmTexts, language: Language): string {
  const list = (names: readonly string[]): string[] => names.map(shown)
  switch (question.kind) {
    case 'release': {
      const destinations = question.destinations.map(({ kind, name }) =>
        fill(texts.destinations[kind], { name: shown(name) }, language),
      )
      const secrets = question.secrets.map((kind) => texts.secrets[kind])
      return fill(texts.releaseDetail, { profiles: list(question.profiles), secrets, destinations }, language)
    }
    case 'import': {
      const lines = question.changes
        .slice(0, mostChanges)
        .map(({ profile, path, after }) => `${shown(profile)}: ${shown(path)} = ${shown(after ?? '')}`)
      const more = question.changes.length - lines.length
      if (more > 0) lines.push(fill(texts.importMore, { count: more }, language))
      return fill(texts.importDetail, { changes: lines.join('\n') }, language)
    }
    case 'export':
      return fill(texts.exportDetail, { profiles: list(question.profiles) }, language)
    default:
      return assertNever(question)
  }
}

function shown(name: string): string {
  const plain = name.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
  return plain.length <= longestName ? plain : `${plain.slice(0, longestName)} …`
}
