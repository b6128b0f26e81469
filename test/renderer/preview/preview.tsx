/** The dialog with a scripted client. The scene is in the address: `?script={"language":"de",…}`. */
import { createRoot } from 'react-dom/client'
import '../../../src/renderer/styles/app.css'
import { App } from '../../../src/renderer/App.tsx'
import { scriptedClient, type Calls, type Script } from './scriptedClient.ts'

declare global {
  interface Window {
    previewCalls?: Calls
  }
}

const usual: Script = {
  language: 'de',
  settings: 'new',
  test: 'works',
  locate: 'locate',
  pace: 0,
  hold: false,
  ask: false,
  notices: [],
  store: { kind: 'keychain', system: 'linux', reason: null },
}
const wanted: Partial<Script> = JSON.parse(new URLSearchParams(location.search).get('script') ?? '{}')
const { client, calls } = scriptedClient({ ...usual, ...wanted })
window.previewCalls = calls

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root element')
createRoot(root).render(<App client={client} />)
