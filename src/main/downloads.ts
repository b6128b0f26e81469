/** Saving: only what our page wrote itself, where the person says in the system's dialog, with a sensible name and kind of file. */
import { existsSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import type { DownloadItem, Session } from 'electron'
import type { Language } from '../contract/contract.ts'
import type { Arrivals } from '../host/arrivals/arrivals.ts'
import { shownName } from '../host/arrivals/filePath.ts'
import { fill } from '../texts/format.ts'
import { menuTexts } from './menuTemplate.ts'
import type { Page } from './page.ts'
import type { WindowMemory } from './windowMemory.ts'

/** How the names of what the window writes end. Something else is none of it. */
const savedEndings: ReadonlySet<string> = new Set(
  ['json', 'age', 'txt', 'md', 'html', 'pdf', 'csv', 'vcf', 'env', 'ps1', 'sh'].map((ending) => `.${ending}`),
)

export function saveThroughDialogs(
  session: Pick<Session, 'on'>,
  o: {
    page: Page
    language: () => Language
    memory: WindowMemory
    arrivals: Arrivals
    report: (problem: string) => void
  },
): void {
  session.on('will-download', (event, item) => {
    const name = shownName(item.getFilename())
    const ending = extname(name).toLowerCase()
    if (!item.getURL().startsWith(`blob:${o.page.origin}/`) || !savedEndings.has(ending)) {
      event.preventDefault()
      o.report('a download that the window did not write was refused')
      return
    }
    const t = menuTexts(o.language())
    const { folder } = o.memory.read()
    item.setSaveDialogOptions({
      title: t.saveTitle,
      defaultPath: folder !== null && existsSync(folder) ? join(folder, name) : name,
      filters: [
        { name: fill(t.fileKind, { ending }, o.language()), extensions: [ending.slice(1)] },
        { name: t.allFiles, extensions: ['*'] },
      ],
      properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
    })
    item.once('done', (_event, state) => saved(item, name, state, o))
  })
}

function saved(
  item: DownloadItem,
  name: string,
  state: 'completed' | 'cancelled' | 'interrupted',
  { memory, arrivals, report }: { memory: WindowMemory; arrivals: Arrivals; report: (problem: string) => void },
): void {
  switch (state) {
    case 'completed':
      return memory.change({ folder: dirname(item.getSavePath()) })
    case 'interrupted':
      report('a file was not saved')
      return arrivals.put({ kind: 'not-saved', name })
    case 'cancelled':
      return undefined
  }
}
