/** The engine that writes `config.json`: conf in plain Node; the desktop passes its own, built on electron-store, over the same file. */
import Conf from 'conf'

/** What is used of conf and of electron-store: the whole content, written atomically when it is set. */
export type SettingsStore = { store: Record<string, unknown> }
export type StoreOptions = {
  /** Absolute path of the state directory. */
  directory: string
  /** File name without `.json`. */
  name: string
  fileMode: number
  parse: (text: string) => Record<string, unknown>
}
export type OpenStore = (options: StoreOptions) => SettingsStore

export const openConf: OpenStore = ({ directory, name, fileMode, parse }) =>
  new Conf<Record<string, unknown>>({
    cwd: directory,
    configName: name,
    configFileMode: fileMode,
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    deserialize: parse,
  })
