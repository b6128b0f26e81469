import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { schemeHandler } from '../../src/main/schemeHandler.ts'

const top = mkdtempSync(join(tmpdir(), 'ews-scheme-'))
const root = join(top, 'renderer')
mkdirSync(join(root, 'assets'), { recursive: true })
mkdirSync(join(top, 'renderer-old'))
for (const file of ['renderer/index.html', 'renderer/assets/index.js', 'renderer-old/index.html', 'secret.html']) {
  writeFileSync(join(top, file), file)
}
afterAll(() => rmSync(top, { recursive: true }))
const get = (url: string) => schemeHandler(root)({ method: 'GET', url })

test.each([
  ['app://bundle/index.html', 'text/html; charset=utf-8'],
  ['app://bundle/', 'text/html; charset=utf-8'],
  ['app://bundle/assets/index.js', 'text/javascript; charset=utf-8'],
])('%s is a file of the window, with its type and policy', async (url, type) => {
  const answer = await get(url)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe(type)
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(await answer.text()).toMatch(/^renderer\//)
})

test.each([
  '..%2fsecret.html',
  '%2e%2e/secret.html',
  '../secret.html',
  '..%2frenderer-old%2findex.html',
  'assets/..%2f..%2fsecret.html',
  'secret.html%00.html',
  '%',
  'assets',
])('%s gives nothing from outside', async (path) => {
  expect((await get(`app://bundle/${path}`)).status).toBeGreaterThanOrEqual(400)
})
