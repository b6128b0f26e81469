/**
 * The menu as data, by platform and language. macOS needs its application menu and the roles of its windows; elsewhere the bar hides until
 * Alt is pressed. Keys of the page itself (Escape stops a run, Ctrl+Enter judges a text) are in no menu.
 */
import type { MenuItemConstructorOptions } from 'electron'
import { sectionIds, type SectionId } from '../contract/arrivals.ts'
import type { Arrival, Language } from '../contract/contract.ts'
import { linkIds, links } from '../contract/links.ts'
import { dialog as dialogDe } from '../texts/dialog.de.ts'
import { dialog as dialogEn } from '../texts/dialog.en.ts'
import { menuDe } from '../texts/menu.de.ts'
import { menuEn, type MenuTexts } from '../texts/menu.en.ts'
import type { ZoomWish } from './zoom.ts'

/** What a menu wishes of the window; a file comes through {@link MenuActions.openFile}. */
export type Wish = Extract<Arrival, { kind: 'section' | 'run' | 'about' | 'whats-new' }>

export type MenuActions = {
  openFile: () => void
  showLogs: () => void
  wish: (wish: Wish) => void
  zoom: (wish: ZoomWish) => void
  openLink: (url: string) => unknown
}

export type MenuOptions = {
  language: Language
  platform: NodeJS.Platform
  developerTools: boolean
  actions: MenuActions
}

type Item = MenuItemConstructorOptions

export function menuTexts(language: Language): MenuTexts {
  return language === 'de' ? menuDe : menuEn
}

const line: Item = { type: 'separator' }

export function menuTemplate({ language, platform, developerTools, actions }: MenuOptions): Item[] {
  const t = menuTexts(language)
  const dialog = language === 'de' ? dialogDe : dialogEn
  const isMac = platform === 'darwin'
  const about: Item = { label: t.about, click: () => actions.wish({ kind: 'about' }) }
  const run = (command: 'locate' | 'test' | 'stop', accelerator: string): Item => ({
    label: dialog.actions[command],
    accelerator,
    click: () => actions.wish({ kind: 'run', command }),
  })
  const section = (id: SectionId, index: number): Item => ({
    label: dialog.sections[id].tab,
    accelerator: `CmdOrCtrl+${index + 1}`,
    click: () => actions.wish({ kind: 'section', section: id }),
  })
  const zoom = (label: string, accelerator: string, wish: ZoomWish): Item => ({
    label,
    accelerator,
    click: () => actions.zoom(wish),
  })

  const application: Item = {
    label: 'EWS Setup',
    submenu: [
      about,
      line,
      { role: 'services', label: t.services },
      line,
      { role: 'hide', label: t.hide },
      { role: 'hideOthers', label: t.hideOthers },
      { role: 'unhide', label: t.unhide },
      line,
      { role: 'quit', label: t.quit },
    ],
  }
  const file: Item = {
    label: t.file,
    submenu: [
      { label: t.open, accelerator: 'CmdOrCtrl+O', click: actions.openFile },
      {
        label: t.transfer,
        accelerator: 'CmdOrCtrl+E',
        click: () => actions.wish({ kind: 'section', section: 'transfer' }),
      },
      line,
      { label: t.logFolder, click: actions.showLogs },
      ...(isMac ? [] : [line, { role: 'quit', label: t.quit } as const]),
    ],
  }
  const edit: Item = {
    label: t.edit,
    submenu: [
      { role: 'undo', label: t.undo },
      { role: 'redo', label: t.redo },
      line,
      { role: 'cut', label: t.cut },
      { role: 'copy', label: t.copy },
      { role: 'paste', label: t.paste },
      { role: 'selectAll', label: t.selectAll },
    ],
  }
  const view: Item = {
    label: t.view,
    submenu: [
      ...sectionIds.map(section),
      line,
      zoom(t.zoomIn, 'CmdOrCtrl+Plus', 'in'),
      zoom(t.zoomOut, 'CmdOrCtrl+-', 'out'),
      zoom(t.resetZoom, 'CmdOrCtrl+0', 'reset'),
      line,
      { role: 'togglefullscreen', label: t.fullScreen },
      ...(developerTools
        ? [
            line,
            { role: 'reload', label: t.reload } as const,
            { role: 'toggleDevTools', label: t.developerTools } as const,
          ]
        : []),
    ],
  }
  const runs: Item = {
    label: t.run,
    submenu: [run('locate', 'CmdOrCtrl+G'), run('test', 'CmdOrCtrl+T'), line, run('stop', 'CmdOrCtrl+.')],
  }
  const window: Item = {
    // On macOS the system adds the windows and what it can do with them.
    ...(isMac ? { role: 'window' as const } : {}),
    label: t.window,
    submenu: [
      { role: 'minimize', label: t.minimize },
      ...(isMac
        ? [{ role: 'zoom', label: t.zoomWindow } as const, line, { role: 'front', label: t.front } as const]
        : []),
      { role: 'close', label: t.close },
    ],
  }
  const help: Item = {
    role: 'help',
    label: t.help,
    submenu: [
      ...linkIds.map((id): Item => ({ label: t[id], click: () => void actions.openLink(links[id]) })),
      line,
      { label: t.whatsNew, click: () => actions.wish({ kind: 'whats-new' }) },
      { label: t.logFolder, click: actions.showLogs },
      ...(isMac ? [] : [line, about]),
    ],
  }
  return [...(isMac ? [application] : []), file, edit, view, runs, window, help]
}
