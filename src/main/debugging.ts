/**
 * A program that is handed out opens no door into itself. Fuses take Node's inspector away, but Chromium's own debugging is a switch of the
 * command line: whoever reaches its port drives the window, and reads what is typed there.
 */
import type { App } from 'electron'

const doors = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-targets',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-brk-node',
  'inspect-port',
  'inspect-wait',
  'inspect-publish-uid',
] as const

/**
 * The debugging switches that a packaged program was started with; it must not go on with any. To be asked in its first turn: the port is
 * opened after that. Unpackaged, where tests and developers use them, there are none.
 */
export function debuggingSwitches(app: {
  isPackaged: boolean
  commandLine: Pick<App['commandLine'], 'hasSwitch'>
}): string[] {
  return app.isPackaged ? doors.filter((door) => app.commandLine.hasSwitch(door)) : []
}
