/** Hands the port that the page made over to the main process. Exposes nothing, and runs in the sandbox. */
import { ipcRenderer } from 'electron'

window.addEventListener('message', (event) => {
  const [port] = event.ports
  if (event.source !== window || event.data !== 'ews-setup:port' || port === undefined || event.ports.length !== 1)
    return
  ipcRenderer.postMessage('ews-setup:port', null, [port])
})
