// The Chromium of the tests, found or unpacked as they do it.
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { runnerImport } from 'vite'
import { root } from '../build.mjs'

/** A module of the tests in TypeScript. */
export async function testModule(path) {
  const { module } = await runnerImport(join(root, 'test', path), { root, configFile: false, logLevel: 'error' })
  return module
}

/** Path and libraries, or why there is none. */
export async function findChromium() {
  const found = {}
  const { default: setup } = await testModule('browser.ts')
  await setup({ provide: (name, value) => (found[name] = value) })
  return { path: found.browser, libraries: found.browserLibraries, missing: found.browserMissing }
}

export function launch({ path, libraries }) {
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu'],
    env: { ...process.env, ...(libraries === null ? {} : { LD_LIBRARY_PATH: libraries }) },
  })
}
