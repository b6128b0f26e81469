/** The menu on three platforms in two languages, as the template says it. What the system makes of it needs the binary. */
import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { links } from '../../src/contract/links.ts'
import { sectionIds } from '../../src/contract/arrivals.ts'
import { menuTemplate, type Wish } from '../../src/main/menuTemplate.ts'
import { sections } from '../../src/renderer/sections.tsx'
import { dialog as de } from '../../src/texts/dialog.de.ts'
import { dialog as en } from '../../src/texts/dialog.en.ts'

const platforms = ['linux', 'win32', 'darwin'] as const
const languages = ['de', 'en'] as const
const cases = platforms.flatMap((platform) => languages.map((language) => [platform, language] as const))

/** Keys that roles bring along by themselves, as Electron documents them, in the notation used here. */
const roleKeys = (platform: string): Readonly<Record<string, string>> => ({
  undo: 'CmdOrCtrl+Z',
  redo: platform === 'win32' ? 'CmdOrCtrl+Y' : 'Shift+CmdOrCtrl+Z',
  cut: 'CmdOrCtrl+X',
  copy: 'CmdOrCtrl+C',
  paste: 'CmdOrCtrl+V',
  selectAll: 'CmdOrCtrl+A',
  minimize: 'CmdOrCtrl+M',
  close: 'CmdOrCtrl+W',
  reload: 'CmdOrCtrl+R',
  togglefullscreen: platform === 'darwin' ? 'Ctrl+Cmd+F' : 'F11',
  toggleDevTools: platform === 'darwin' ? 'Alt+Cmd+I' : 'Ctrl+Shift+I',
  ...(platform === 'win32' ? {} : { quit: 'CmdOrCtrl+Q' }),
  ...(platform === 'darwin' ? { hide: 'CmdOrCtrl+H', hideOthers: 'Cmd+Alt+H' } : {}),
})

function open(platform: NodeJS.Platform, language: 'de' | 'en', developerTools = true) {
  const done: unknown[] = []
  const template = menuTemplate({
    language,
    platform,
    developerTools,
    actions: {
      openFile: () => done.push('open file'),
      showLogs: () => done.push('show logs'),
      wish: (wish: Wish) => done.push(wish),
      zoom: (wish) => done.push(`zoom ${wish}`),
      openLink: (url) => done.push(url),
    },
  })
  const items = template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? item.submenu : [])])
  return { template, items: items.filter(({ type }) => type !== 'separator'), done }
}
/** Chooses an item as a person does; Electron gives more arguments, which none of ours takes. */
const choose = ({ click }: MenuItemConstructorOptions) => void Reflect.apply(click ?? (() => undefined), undefined, [])

describe.each(cases)('on %s in %s', (platform, language) => {
  test('every item has a label, and does something', () => {
    for (const item of open(platform, language).items) {
      expect(item.label).toMatch(/\S/)
      const does = [item.role, item.click, item.submenu].filter((one) => one !== undefined)
      expect([item.label, does.length > 0]).toEqual([item.label, true])
    }
  })

  test('no key is there twice, those of roles included', () => {
    const keys = open(platform, language).items.flatMap(({ accelerator, role }) => {
      const key = accelerator ?? (role === undefined ? undefined : roleKeys(platform)[role])
      return key === undefined ? [] : [key]
    })
    expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted())
  })

  test('the sections are there with their own words and the keys 1 to 9, in the order of the tabs', () => {
    const { items, done } = open(platform, language)
    const words = (language === 'de' ? de : en).sections
    const shown = items.filter(({ accelerator }) => /^CmdOrCtrl\+[1-9]$/.test(accelerator ?? ''))
    expect(shown.map(({ label }) => label)).toEqual(sections.map(({ id }) => words[id].tab))
    shown.forEach(choose)
    expect(done).toEqual(sectionIds.map((section) => ({ kind: 'section', section })))
  })

  test('help opens known links and no others', () => {
    const { template, done } = open(platform, language)
    const help = template.at(-1)
    expect(help?.role).toBe('help')
    for (const item of Array.isArray(help?.submenu) ? help.submenu : []) choose(item)
    expect(done.filter((one) => typeof one === 'string' && one.startsWith('https:'))).toEqual(Object.values(links))
    expect(done).toContainEqual({ kind: 'whats-new' })
    expect(done).toContain('show logs')
  })

  test('a run can be begun and stopped, a file opened, the zoom changed', () => {
    const { items, done } = open(platform, language)
    for (const key of ['G', 'T', '.', 'O', 'Plus', '-', '0']) {
      const item = items.find(({ accelerator }) => accelerator === `CmdOrCtrl+${key}`)
      choose(item ?? expect.fail(`no item for ${key}`))
    }
    expect(done).toEqual([
      { kind: 'run', command: 'locate' },
      { kind: 'run', command: 'test' },
      { kind: 'run', command: 'stop' },
      'open file',
      'zoom in',
      'zoom out',
      'zoom reset',
    ])
  })
})

describe('what a platform expects', () => {
  const roles = (platform: NodeJS.Platform, developerTools = false) =>
    open(platform, 'en', developerTools).items.flatMap(({ role }) => role ?? [])

  test('macOS: the application menu first, with what every program has there, and the roles of windows', () => {
    const { template } = open('darwin', 'de')
    const [first] = template
    expect((Array.isArray(first?.submenu) ? first.submenu : []).flatMap(({ role }) => role ?? [])).toEqual([
      'services',
      'hide',
      'hideOthers',
      'unhide',
      'quit',
    ])
    expect(roles('darwin')).toEqual(expect.arrayContaining(['copy', 'paste', 'selectAll', 'window', 'zoom', 'front']))
  })

  test.each(['linux', 'win32'] as const)('%s: quit in the file menu, and nothing of macOS', (platform) => {
    const file = open(platform, 'en').template[0]
    expect(Array.isArray(file?.submenu) ? file.submenu.at(-1)?.role : null).toBe('quit')
    for (const role of ['services', 'hide', 'front', 'window']) expect(roles(platform)).not.toContain(role)
  })

  test('about is there once: in the application menu of macOS, elsewhere under help', () => {
    for (const platform of platforms) {
      const { items, done } = open(platform, 'en')
      items.filter(({ label }) => label === 'About EWS Setup').forEach(choose)
      expect([platform, done]).toEqual([platform, [{ kind: 'about' }]])
    }
  })

  test.each(platforms)('%s: developer tools and reload only where they are asked for', (platform) => {
    expect(roles(platform)).not.toContain('toggleDevTools')
    expect(roles(platform)).not.toContain('reload')
    expect(roles(platform, true)).toEqual(expect.arrayContaining(['toggleDevTools', 'reload']))
  })
})
