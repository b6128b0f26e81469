/** Builds the window as it is delivered, into a directory of the tests, so that they never see an old one. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

/** Returns the directory. `name`: one of its own for each test file, because files run side by side. */
export async function buildWindow(name = 'window'): Promise<string> {
  const out = fileURLToPath(new URL(`../../.cache/${name}`, import.meta.url))
  const before = process.env['NODE_ENV']
  // A test runner sets `test`, and React would be built as its slow and large self.
  process.env['NODE_ENV'] = 'production'
  try {
    await build({
      configFile: false,
      root: fileURLToPath(new URL('../../src/renderer', import.meta.url)),
      base: './',
      logLevel: 'error',
      plugins: [react()],
      build: { outDir: out, emptyOutDir: true, minify: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    })
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
  return out
}
