/** Opens an address in the person's browser, without a shell between. */
import { spawn } from 'node:child_process'
import { withoutSecrets } from './secretEnvironment.ts'
import { parseUrl } from '../core/network/url.ts'

type Command = { file: string; args: string[] }

/** The platform's opener for an http(s) address; null for anything else. */
export function browserCommand(address: string, platform: NodeJS.Platform = process.platform): Command | null {
  const url = parseUrl(address)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  if (platform === 'darwin') return { file: 'open', args: [url.href] }
  // `start` would be cmd's own and hand the address to its parser.
  if (platform === 'win32') return { file: 'rundll32.exe', args: ['url.dll,FileProtocolHandler', url.href] }
  return { file: 'xdg-open', args: [url.href] }
}

/** False when no opener could be started; that is never fatal. */
export function openInBrowser(address: string): Promise<boolean> {
  const command = browserCommand(address)
  if (command === null) return Promise.resolve(false)
  return new Promise((resolve) => {
    const child = spawn(command.file, command.args, {
      stdio: 'ignore',
      detached: true,
      shell: false,
      env: withoutSecrets(process.env),
    })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
