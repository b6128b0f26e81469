/**
 * Prints a page of ours as PDF: in a window of its own that is never shown, runs no script, keeps nothing and reaches nothing. The page
 * arrives as a data: address, so nothing of it touches the disk.
 */
import { BrowserWindow, session } from 'electron'

/** In memory only: the name has no `persist:`. */
const partition = 'print'
const longestMs = 30_000

export async function printToPdf(html: string): Promise<Uint8Array> {
  const own = session.fromPartition(partition, { cache: false })
  own.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  own.setPermissionCheckHandler(() => false)
  own.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !url.startsWith('data:text/html') }))
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      javascript: false,
      devTools: false,
    },
  })
  const timer = setTimeout(() => window.destroy(), longestMs)
  try {
    await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`)
    // Margins come from the page's own @page rule; the default size would be Letter.
    return await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, generateTaggedPDF: true })
  } finally {
    clearTimeout(timer)
    if (!window.isDestroyed()) window.destroy()
  }
}
