/** The module `electron` of the double. What is missing here fails when the bundle is linked, with its name. */
import type { Protocol } from 'electron'
import { registerSchemes } from './schemes.ts'
import { DoubleContents } from './contents.ts'
import { defaultSession, DoubleSession } from './session.ts'
import { app } from './state.ts'
import {
  doubleDialog,
  doubleImage,
  doubleIpc,
  DoubleMenu,
  DoubleNotification,
  doubleScreen,
  doubleShell,
  doubleTheme,
  DoubleTray,
} from './surroundings.ts'
import { DoubleWindow } from './window.ts'

const protocol: Pick<Protocol, 'registerSchemesAsPrivileged'> & typeof defaultSession.protocol = {
  registerSchemesAsPrivileged: (schemes) => registerSchemes(schemes, app.isReady()),
  ...defaultSession.protocol,
}
const partitions = new Map<string, DoubleSession>()
const session = {
  get defaultSession() {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready')
    return defaultSession
  },
  fromPartition: (name: string) => {
    const known = partitions.get(name) ?? new DoubleSession()
    partitions.set(name, known)
    return known
  },
}

export {
  app,
  DoubleWindow as BrowserWindow,
  doubleDialog as dialog,
  doubleIpc as ipcMain,
  DoubleMenu as Menu,
  doubleImage as nativeImage,
  doubleTheme as nativeTheme,
  DoubleNotification as Notification,
  protocol,
  doubleScreen as screen,
  session,
  doubleShell as shell,
  DoubleTray as Tray,
  DoubleContents as webContents,
}
export default {
  app,
  BrowserWindow: DoubleWindow,
  dialog: doubleDialog,
  ipcMain: doubleIpc,
  Menu: DoubleMenu,
  nativeImage: doubleImage,
  nativeTheme: doubleTheme,
  Notification: DoubleNotification,
  protocol,
  screen: doubleScreen,
  session,
  shell: doubleShell,
  Tray: DoubleTray,
  webContents: DoubleContents,
}
