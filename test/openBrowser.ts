/** Starts the browser that `browser.ts` prepared. Never with the package's own arguments: they switch web security off. */
import { chromium, type Browser } from 'playwright-core'
import { inject } from 'vitest'

/** For `skipReason`: why there is no browser here, or null. */
export function missingBrowser(): string | null {
  return inject('browserMissing')
}

/** The caller closes it. */
export function openBrowser(): Promise<Browser> {
  const libraries = inject('browserLibraries')
  const env = { ...process.env, ...(libraries === null ? {} : { LD_LIBRARY_PATH: libraries }) }
  return chromium.launch({
    executablePath: inject('browser') ?? '',
    args: ['--no-sandbox', '--disable-gpu'],
    env: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  })
}
