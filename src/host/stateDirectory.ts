/** The one directory that holds all state: `EWS_SETUP_HOME`, or the platform's usual one for `ews-setup`. */
import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

const name = 'ews-setup'

type Platform = {
  system: NodeJS.Platform
  environment: Readonly<Record<string, string | undefined>>
  home: string
  currentDirectory: string
}

/**
 * Absolute path of the state directory, the same that Electron's `userData` has for an application of this name, so that desktop,
 * terminal and browser share it. Nothing is created here. A relative `EWS_SETUP_HOME` counts from the current directory.
 */
export function stateDirectory(platform: Partial<Platform> = {}): string {
  const { system, environment, home, currentDirectory }: Platform = {
    system: process.platform,
    environment: process.env,
    home: homedir(),
    currentDirectory: process.cwd(),
    ...platform,
  }
  const paths = system === 'win32' ? win32 : posix
  const own = environment['EWS_SETUP_HOME']
  if (own !== undefined && own !== '') return paths.resolve(currentDirectory, own)
  if (system === 'win32') return paths.join(environment['APPDATA'] ?? paths.join(home, 'AppData', 'Roaming'), name)
  if (system === 'darwin') return paths.join(home, 'Library', 'Application Support', name)
  // The XDG base directory specification wants relative values ignored.
  const xdg = environment['XDG_CONFIG_HOME']
  return paths.join(xdg !== undefined && paths.isAbsolute(xdg) ? xdg : paths.join(home, '.config'), name)
}
