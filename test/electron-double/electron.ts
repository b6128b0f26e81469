/** The module `electron` of the double. What is missing here fails when the bundle is linked, with its name. */
import type { Protocol } from 'electron'
import { registerSchemes } from './schemes.ts'
import { DoubleContents } from './contents.ts'
import { defaultSession } from './session.ts'
import { app } from './state.ts'
import { doubleDialog, doubleIpc, DoubleMenu, doubleShell, doubleTheme } from './surroundings.ts'
import { DoubleWindow } from './window.ts'

const protocol: Pick<Protocol, 'registerSchemesAsPrivileged'> & typeof defaultSession.protocol = {
  registerSchemesAsPrivileged: (schemes) => registerSchemes(schemes, app.isReady()),
  ...defaultSession.protocol,
}
const session = {
  get defaultSession() {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready')
    return defaultSession
  },
}

export {
  app,
  DoubleWindow as BrowserWindow,
  doubleDialog as dialog,
  doubleIpc as ipcMain,
  DoubleMenu as Menu,
  doubleTheme as nativeTheme,
  protocol,
  session,
  doubleShell as shell,
  DoubleContents as webContents,
}
export default {
  app,
  BrowserWindow: DoubleWindow,
  dialog: doubleDialog,
  ipcMain: doubleIpc,
  Menu: DoubleMenu,
  nativeTheme: doubleTheme,
  protocol,
  session,
  shell: doubleShell,
  webContents: DoubleContents,
}
