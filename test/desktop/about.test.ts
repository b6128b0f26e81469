/** About, in the built program: by keyboard, with the licences that the build wrote. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { about } from '../../src/texts/about.en.ts'
import { dialog } from '../../src/texts/dialog.en.ts'
import { buildProgram, dialogReady, openDesktop, type Desktop } from './desktop.ts'
import { describeHosts } from './hosts.ts'

beforeAll(buildProgram, 90_000)

describeHosts('about', (host) => {
  let desktop: Desktop
  beforeAll(async () => {
    desktop = await openDesktop(host)
    await dialogReady(desktop.page)
  }, 30_000)
  afterAll(() => desktop.close())

  test('opens by keyboard, tells what it runs on and where nothing is asked, and closes', async () => {
    const { page } = desktop
    const opener = page.getByRole('button', { name: dialog.about, exact: true })
    await opener.focus()
    await page.keyboard.press('Enter')
    const box = page.getByRole('dialog', { name: about.title })
    await box.getByText('Node.js', { exact: true }).waitFor()
    expect(await box.getByText(about.updates.absent).count()).toBe(1)
    await page.keyboard.press('Escape')
    await box.waitFor({ state: 'detached' })
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('has the licence of what the window is made of, found by a search', async () => {
    const { page } = desktop
    await page.getByRole('button', { name: dialog.about, exact: true }).click()
    const box = page.getByRole('dialog', { name: about.title })
    await box.getByRole('button', { name: about.licences.open }).click()
    await box.getByRole('searchbox').fill('react-aria-comp')
    await box.getByText('1 package', { exact: true }).waitFor()
    await box.locator('.licences summary').click()
    expect(await box.locator('.licences pre').innerText()).toMatch(/Apache License/)
    await box.getByRole('button', { name: about.close }).click()
  })
})
