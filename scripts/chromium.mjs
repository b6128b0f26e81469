// A Chromium for scripts that draw: CHROME=/path, or the one that `npm test` has unpacked.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { root } from './build.mjs'

/** A running browser; ends the process with a sentence when there is none. */
export async function launchChromium() {
  const executablePath = process.env.CHROME || join(root, '.cache', 'browser', 'chromium')
  if (!existsSync(executablePath)) {
    console.error('No Chromium: set CHROME to the path of one, or run `npm test` once.')
    process.exit(1)
  }
  const libraries = join(root, '.cache', 'browser', 'libraries', 'lib')
  const environment = process.env.CHROME || !existsSync(libraries) ? {} : { LD_LIBRARY_PATH: libraries }
  const options = { executablePath, args: ['--no-sandbox', '--disable-gpu'] }
  // With the packaged libraries only where the system's own do not suffice.
  return chromium.launch(options).catch(() => chromium.launch({ ...options, env: { ...process.env, ...environment } }))
}
