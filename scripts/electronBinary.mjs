// Where the desktop runtime is, and why it cannot be started here, if so. Importing `electron` itself would start a download.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build.mjs'

const packageDirectory = join(root, 'node_modules', 'electron')

/** Absolute path of the binary, or null. */
export function electronBinary(environment = process.env) {
  const explicit = environment.ELECTRON_EXEC_PATH
  if (explicit) return existsSync(explicit) ? explicit : null
  const pathFile = join(packageDirectory, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : null
  const override = environment.ELECTRON_OVERRIDE_DIST_PATH
  const candidate = override
    ? join(override, name ?? 'electron')
    : name === null
      ? null
      : join(packageDirectory, 'dist', name)
  return candidate !== null && existsSync(candidate) ? candidate : null
}

/** Script that fetches the binary; the package runs nothing at install. */
export const installScript = join(packageDirectory, 'install.js')

/** `root`, `display` or null: what stands against a window here, whether the binary is there or not. */
export function desktopObstacle(environment = process.env, platform = process.platform) {
  if (platform !== 'linux') return null
  // Chromium's sandbox refuses root, and it is never switched off.
  if (process.getuid?.() === 0) return 'root'
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'display'
  return null
}
