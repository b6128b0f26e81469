/** Files that another program hands over, through the built program into its window. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildProgram, dialogReady, endOf, environmentOf, openDesktop, type Desktop } from './desktop.ts'
import { builtBundles, describeHosts } from './hosts.ts'

const configuration = JSON.stringify({
  format: 'ews-setup-configuration',
  schema: 2,
  profiles: { Contoso: { settings: { email: 'anna@contoso.com' } } },
})

beforeAll(buildProgram, 90_000)

describeHosts('a file from outside', (host) => {
  const files = mkdtempSync(join(tmpdir(), 'ews-arrivals-'))
  let desktop: Desktop
  beforeAll(async () => {
    writeFileSync(join(files, 'contoso.json'), configuration)
    writeFileSync(join(files, 'answer.txt'), 'AADSTS7000215: Invalid client secret provided.')
    desktop = await openDesktop(host, { args: [join(files, 'contoso.json')] })
  }, 30_000)
  afterAll(async () => {
    await desktop.close()
    rmSync(files, { recursive: true, force: true })
  })

  test('of the first start is shown as an import, and changes nothing by itself', async () => {
    const { page, directory } = desktop
    await page.getByRole('button', { name: 'Take over', exact: true }).waitFor()
    expect(await page.title()).toBe('EWS Setup – Export and import')
    expect(await page.locator('body').innerText()).not.toContain(files)
    expect(readFileSync(join(directory, 'config.json'), 'utf8')).not.toContain('Contoso')
  })

  test('of a second start is shown in the window of the first, relative to where it was started', async () => {
    const { page, directory } = desktop
    const path = await host.executablePath()
    const child = execFile(path, [join(builtBundles, 'main', 'index.js'), 'answer.txt'], {
      cwd: files,
      env: environmentOf(host, directory),
    })
    expect(await endOf(child)).toEqual({ code: 0, signal: null })
    await page.locator('#diagnosis-result .banner').waitFor()
    expect(await page.title()).toBe('EWS Setup – Diagnosis')
  })

  test('does not come again when the window is loaded anew', async () => {
    const { page } = desktop
    await page.reload()
    await dialogReady(page)
    // What had waited would be there before the answer to this.
    await page.getByRole('button', { name: 'Export/Import', exact: true }).click()
    await page.getByRole('heading', { name: 'Import', exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Take over', exact: true }).count()).toBe(0)
  })
})
