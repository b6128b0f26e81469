/** The application menu. macOS needs one for its shortcuts; elsewhere it hides until Alt is pressed. */
import { Menu, type MenuItemConstructorOptions } from 'electron'
import { linkIds, links, type LinkId } from '../contract/links.ts'
import type { Language } from '../contract/contract.ts'
import { menuDe } from '../texts/menu.de.ts'
import { menuEn, type MenuTexts } from '../texts/menu.en.ts'

export function menuTexts(language: Language): MenuTexts {
  return language === 'de' ? menuDe : menuEn
}

export function setMenu(options: {
  language: Language
  platform: NodeJS.Platform
  developerTools: boolean
  openLink: (url: string) => unknown
}): void {
  const t = menuTexts(options.language)
  const mac = options.platform === 'darwin'
  const link = (id: LinkId): MenuItemConstructorOptions => ({
    label: t[id],
    click: () => void options.openLink(links[id]),
  })
  const template: MenuItemConstructorOptions[] = [
    ...(mac
      ? [{ role: 'appMenu' } as const]
      : [{ label: t.file, submenu: [{ role: 'quit', label: t.quit } as const] }]),
    {
      label: t.edit,
      submenu: [
        { role: 'undo', label: t.undo },
        { role: 'redo', label: t.redo },
        { type: 'separator' },
        { role: 'cut', label: t.cut },
        { role: 'copy', label: t.copy },
        { role: 'paste', label: t.paste },
        { role: 'selectAll', label: t.selectAll },
      ],
    },
    {
      label: t.view,
      submenu: [
        { role: 'zoomIn', label: t.zoomIn },
        { role: 'zoomOut', label: t.zoomOut },
        { role: 'resetZoom', label: t.resetZoom },
        { role: 'togglefullscreen', label: t.fullScreen },
        ...(options.developerTools ? [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    {
      label: t.window,
      submenu: [
        { role: 'minimize', label: t.minimize },
        { role: 'close', label: t.close },
      ],
    },
    { role: 'help', label: t.help, submenu: linkIds.map(link) },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
