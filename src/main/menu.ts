/** Puts the menu up, and carries out what of it the window cannot: dialogs and folders of the system. */
import { dialog, Menu, shell, type BrowserWindow, type OpenDialogOptions } from 'electron'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Language } from '../contract/contract.ts'
import { endings } from '../host/arrivals/filePath.ts'
import { menuTemplate, menuTexts, type MenuOptions } from './menuTemplate.ts'
import type { WindowMemory } from './windowMemory.ts'

export function setMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
}

/** Asks for one file, in the folder of the last one; null: none was chosen. */
export async function chooseFile(options: {
  language: Language
  window: BrowserWindow | undefined
  memory: WindowMemory
}): Promise<string | null> {
  const { window, memory } = options
  const t = menuTexts(options.language)
  const asked: OpenDialogOptions = {
    title: t.openButton,
    buttonLabel: t.openButton,
    // A list of the system that others read is no place for the names of customers' files.
    properties: ['openFile', 'dontAddToRecent'],
    filters: [
      { name: t.readableFiles, extensions: [...endings] },
      { name: t.allFiles, extensions: ['*'] },
    ],
    ...lastFolder(memory),
  }
  const answer = await (window === undefined ? dialog.showOpenDialog(asked) : dialog.showOpenDialog(window, asked))
  const [path] = answer.filePaths
  if (answer.canceled || path === undefined) return null
  memory.change({ folder: dirname(path) })
  return path
}

/** The folder as a dialog takes it, as long as it is there. */
function lastFolder(memory: WindowMemory): { defaultPath?: string } {
  const { folder } = memory.read()
  return folder !== null && existsSync(folder) ? { defaultPath: folder } : {}
}

/** `folder` is the program's own: what a stranger named would be run. */
export async function showFolder(folder: string, language: Language, report: (problem: string) => void): Promise<void> {
  const trouble = await shell.openPath(folder)
  if (trouble === '') return
  report(`the log folder cannot be shown: ${trouble}`)
  dialog.showErrorBox(menuTexts(language).logFolderTrouble, folder)
}
