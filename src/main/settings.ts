/** The desktop's engine over the same `config.json` that the other hosts open with conf. */
import Store from 'electron-store'
import type { OpenStore } from '../host/settingsStore.ts'

export const openElectronStore: OpenStore = ({ directory, name, fileMode, parse }) =>
  new Store<Record<string, unknown>>({
    cwd: directory,
    name,
    configFileMode: fileMode,
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    deserialize: parse,
  })
