/** What can show the desktop program here: the double of Electron's edge, and the real binary where there is one. */
import { fileURLToPath } from 'node:url'
import { describe, inject } from 'vitest'
import { doubleBinary } from '../electron-double/binary.ts'
import { missingBrowser } from '../openBrowser.ts'
import { skipReason } from '../servers/skip.ts'

export type DesktopHost = {
  name: string
  isDouble: boolean
  /** For Playwright, which starts and drives both alike. */
  executablePath: () => Promise<string>
  environment: Readonly<Record<string, string>>
  chromiumSandbox: boolean
  /** Why it cannot be started here. */
  missing: string | null
}

type Binary = {
  electronBinary: () => string | null
  desktopObstacle: () => 'root' | 'display' | null
}

const root = (path: string) => new URL(`../../${path}`, import.meta.url)
const { electronBinary, desktopObstacle } = (await import(root('scripts/electronBinary.mjs').href)) as Binary

const obstacles = {
  root: 'Electron refuses to run as root with its sandbox on',
  display: 'there is no display (DISPLAY and WAYLAND_DISPLAY are empty); xvfb-run gives one',
}

export function theDouble(): DesktopHost {
  const libraries = inject('browserLibraries')
  return {
    name: 'the double',
    isDouble: true,
    executablePath: doubleBinary,
    environment: {
      ELECTRON_DOUBLE_BROWSER: inject('browser') ?? '',
      ...(libraries === null ? {} : { ELECTRON_DOUBLE_LIBRARIES: libraries }),
    },
    // The double's Chromium is never sandboxed; this keeps the tool from saying so to the program.
    chromiumSandbox: true,
    missing: missingBrowser(),
  }
}

export function theBinary(): DesktopHost {
  const path = electronBinary()
  const obstacle = desktopObstacle()
  const missing =
    path === null
      ? 'there is no Electron binary (npx install-electron, or ELECTRON_OVERRIDE_DIST_PATH)'
      : obstacle === null
        ? null
        : obstacles[obstacle]
  return {
    name: 'Electron',
    isDouble: false,
    executablePath: () => Promise.resolve(path ?? ''),
    environment: {},
    chromiumSandbox: true,
    missing,
  }
}

/** The same tests for each; one that cannot be started is skipped with its reason. */
export function describeHosts(what: string, tests: (host: DesktopHost) => void): void {
  // Somebody who asks about the binary wants no answer about the double.
  const asked = process.env['EWS_SETUP_DESKTOP'] === 'electron' ? [theBinary()] : [theDouble(), theBinary()]
  for (const host of asked) {
    describe.skipIf(isSkipped(host))(`${what}: ${host.name}`, () => {
      tests(host)
    })
  }
}

function isSkipped(host: DesktopHost): boolean {
  // The binary is nothing that a machine for the other tests must have.
  if (host.isDouble) return skipReason(host.missing)
  if (host.missing !== null) console.warn(`skipped: ${host.missing}`)
  return host.missing !== null
}

/** The bundles as `npm run build` makes them. */
export const builtBundles = fileURLToPath(root('out'))
