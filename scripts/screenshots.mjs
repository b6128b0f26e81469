#!/usr/bin/env node
// Pictures of the dialog for the documentation, made with made-up runs of a company called Contoso: docs/screenshots/*.png.
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { launchChromium } from './chromium.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const target = join(root, 'docs', 'screenshots')

const wide = { width: 1160, height: 780 }
const saved = { settings: 'saved' }
const press = { de: 'Verbindung testen', en: 'Test connection' }

const pictures = [
  { name: 'success-de', size: wide, script: { settings: 'online', language: 'de', test: 'online' }, ready: '.facts' },
  { name: 'success-en', size: wide, script: { settings: 'online', language: 'en', test: 'online' }, ready: '.facts' },
  { name: 'wrong-password-de', size: wide, script: { ...saved, language: 'de', test: 'password' }, ready: '.also' },
  {
    name: 'wrong-password-en-dark',
    size: wide,
    dark: true,
    script: { ...saved, language: 'en', test: 'password' },
    ready: '.also',
  },
  {
    name: 'consent-de',
    size: { width: 720, height: 700 },
    script: { ...saved, language: 'de', ask: true },
    ready: '.dialog',
  },
]

await mkdir(target, { recursive: true })
const { module } = await runnerImport(join(root, 'test', 'renderer', 'preview', 'servePreview.ts'), {
  root,
  configFile: false,
  logLevel: 'error',
})
const preview = await module.servePreview()
const browser = await launchChromium()
try {
  for (const { name, size, dark = false, script, ready } of pictures) {
    const page = await browser.newPage({
      viewport: size,
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      locale: script.language,
    })
    await page.goto(`${preview.url}?script=${encodeURIComponent(JSON.stringify(script))}`)
    await page.getByRole('button', { name: press[script.language] }).click()
    await page.locator(ready).waitFor()
    // The focus ring of the pressed button says nothing in a picture.
    if (ready !== '.dialog') await page.getByRole('heading', { level: 1 }).click()
    await page.screenshot({ path: join(target, `${name}.png`) })
    await page.close()
  }
} finally {
  await browser.close()
  await preview.close()
}
