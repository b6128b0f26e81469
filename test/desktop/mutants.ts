/**
 * Deliberate faults in copies of the built bundles. Each replaces one text, which must be there exactly once, and names the complaint
 * of the start-up check that it has to cause.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtBundles } from './hosts.ts'

type Part = 'main' | 'preload' | 'page'

export type Mutant = {
  fault: string
  part: Part
  replace: string | RegExp
  by: string
  /** What the check has to say, among other things. */
  complaint: RegExp
  /** Only for these a dialog that is late would be the same as none. */
  noDialog?: true
}

const noDialog = /^dialog: did not appear/

export const mutants: readonly Mutant[] = [
  {
    fault: 'the sandbox is off',
    part: 'main',
    replace: /(preload: options\.preload,\s+contextIsolation: true,\s+)sandbox: true,/,
    by: '$1sandbox: false,',
    complaint: /not modelled: webPreferences\.sandbox|preferences: sandbox/,
  },
  {
    fault: 'context isolation is off',
    part: 'main',
    replace: /(preload: options\.preload,\s+)contextIsolation: true,/,
    by: '$1contextIsolation: false,',
    complaint: /not modelled: webPreferences\.contextIsolation|preferences: contextIsolation/,
  },
  {
    fault: 'the page has Node',
    part: 'main',
    replace: /(preload: options\.preload,\s+contextIsolation: true,\s+sandbox: true,\s+)nodeIntegration: false,/,
    by: '$1nodeIntegration: true,',
    complaint: /not modelled: webPreferences\.nodeIntegration|preferences: nodeIntegration/,
  },
  {
    fault: 'the policy allows inline scripts and eval',
    part: 'main',
    replace: '"script-src \'self\'"',
    by: "\"script-src 'self' 'unsafe-inline' 'unsafe-eval'\"",
    complaint: /^headers: a loose policy/,
  },
  {
    fault: 'the policy allows connections to anywhere',
    part: 'main',
    replace: '"connect-src \'self\'"',
    by: '"connect-src *"',
    complaint: /^policy: connect-src is not in force/,
  },
  {
    fault: 'the policy allows no scripts',
    part: 'main',
    replace: '"script-src \'self\'"',
    by: '"script-src \'none\'"',
    complaint: noDialog,
    noDialog: true,
  },
  {
    fault: 'there is no policy',
    part: 'main',
    replace: '"content-security-policy": contentSecurityPolicy,',
    by: '',
    complaint: /^headers: no policy/,
  },
  {
    fault: 'content types may be guessed',
    part: 'main',
    replace: '"x-content-type-options": "nosniff",',
    by: '',
    complaint: /^headers: content types/,
  },
  {
    fault: 'scripts have the wrong content type',
    part: 'main',
    replace: '".js": "text/javascript; charset=utf-8"',
    by: '".js": "text/plain; charset=utf-8"',
    complaint: noDialog,
    noDialog: true,
  },
  {
    fault: 'the scheme handler leaves its folder',
    part: 'main',
    replace: ' || !path.startsWith(paths.resolve(root) + paths.sep)',
    by: '',
    complaint: /^files: .*main.*200/,
  },
  {
    fault: 'the scheme is not registered',
    part: 'main',
    replace: 'protocol.registerSchemesAsPrivileged(',
    by: 'void (',
    complaint: /not registered as privileged|^dialog: did not appear/,
    noDialog: true,
  },
  {
    fault: 'the scheme lies outside any policy',
    part: 'main',
    replace: /supportFetchAPI: true/,
    by: 'supportFetchAPI: true, bypassCSP: true',
    complaint: /not modelled: the privileges|^policy: /,
  },
  {
    fault: 'the scheme is registered when it is too late',
    part: 'main',
    replace: /protocol\.registerSchemesAsPrivileged\(([^;]*)\);/,
    by: 'app.whenReady().then(() => protocol.registerSchemesAsPrivileged($1));',
    complaint: noDialog,
    noDialog: true,
  },
  {
    fault: 'the window is opened before the program is ready',
    part: 'main',
    replace: 'app.whenReady().then(',
    by: 'Promise.resolve().then(',
    complaint: /^start: .*before app is ready|^start: .*only be received when app is ready/,
  },
  {
    fault: 'the preload script is an ES module',
    part: 'preload',
    replace: 'let electron = require("electron");',
    by: 'import * as electron from "electron";',
    complaint: /preload .*import/i,
    noDialog: true,
  },
  {
    fault: 'the preload script wants Node',
    part: 'preload',
    replace: 'require("electron")',
    by: 'require("electron", require("node:fs"))',
    complaint: /module not found: node:fs/,
    noDialog: true,
  },
  {
    fault: 'the path of the preload script is wrong',
    part: 'main',
    replace: '"../preload/index.cjs"',
    by: '"../preload/index.js"',
    complaint: /preload .*ENOENT/,
    noDialog: true,
  },
  {
    fault: 'the path of the preload script is relative',
    part: 'main',
    replace: 'join(import.meta.dirname, "../preload/index.cjs")',
    by: '"out/preload/index.cjs"',
    complaint: /preload .*absolute/,
    noDialog: true,
  },
  {
    fault: 'the preload script hands a bridge to the page',
    part: 'preload',
    replace: 'let electron = require("electron");',
    by: 'let electron = require("electron"); electron.contextBridge.exposeInMainWorld("electron", electron);',
    complaint: /not modelled: electron\.contextBridge|^isolation: /,
    noDialog: true,
  },
  {
    fault: 'the preload script forgets to transfer the port',
    part: 'preload',
    replace: 'null, [port])',
    by: 'null)',
    complaint: noDialog,
    noDialog: true,
  },
  {
    fault: 'the preload script sends what cannot be cloned',
    part: 'preload',
    replace: 'null, [port])',
    by: '() => 0, [port])',
    complaint: /could not be cloned/,
    noDialog: true,
  },
  {
    fault: 'the page forgets to transfer the port',
    part: 'page',
    replace: /(window\.postMessage\([^,]*,[^,]*),\[\w+\]\)/,
    by: '$1)',
    complaint: noDialog,
    noDialog: true,
  },
  {
    fault: 'the page does not start its port',
    part: 'page',
    replace: /\w+\.start\(\),(?=window\.postMessage\()/,
    by: '',
    complaint: noDialog,
    noDialog: true,
  },
  {
    fault: 'the channel has another name on one side',
    part: 'preload',
    replace: 'ipcRenderer.postMessage("ews-setup:port"',
    by: 'ipcRenderer.postMessage("ews-setup:channel"',
    complaint: noDialog,
    noDialog: true,
  },
  {
    fault: 'the program does not start its port',
    part: 'main',
    replace: 'port.start();',
    by: '',
    complaint: noDialog,
    noDialog: true,
  },
  {
    fault: 'the sender of a port is not checked',
    part: 'main',
    replace: '!isOwnFrame(page, event.senderFrame) || ',
    by: '',
    complaint: /^channel: a stranger's port was taken/,
  },
  {
    fault: 'the sender is compared with another origin',
    part: 'main',
    replace: /origin: (`app:[^`]*)`/,
    by: 'origin: $1/`',
    complaint: noDialog,
    noDialog: true,
  },
  {
    fault: 'an earlier port stays open',
    part: 'main',
    replace: 'current?.close();',
    by: '',
    complaint: /^channel: an earlier port stays open/,
  },
  {
    fault: 'a page may open windows',
    part: 'main',
    replace: /setWindowOpenHandler\(\(\) => \(\{ action: "deny" \}\)\)/,
    by: 'setWindowOpenHandler(() => ({ action: "allow" }))',
    complaint: /not modelled: a window that the program allowed|^windows: /,
  },
  {
    fault: 'windows that a page wants go to the browser unfiltered',
    part: 'main',
    replace: /setWindowOpenHandler\(\(\) => \(\{ action: "deny" \}\)\)/,
    by: 'setWindowOpenHandler(({ url }) => { shell.openExternal(url); return { action: "deny" } })',
    complaint: /^links: opened .*evil\.example/,
  },
  {
    fault: 'the page names the address of a link',
    part: 'main',
    replace: 'options.openLink(links[input.link])',
    by: 'options.openLink(input.link)',
    complaint: /^links: opened ews-oauth/,
  },
  {
    fault: 'the page may leave',
    part: 'main',
    replace: /(const stay = [^;]*;\s*)event\.preventDefault\(\);/,
    by: '$1',
    complaint: /^navigation: .*allowed/,
  },
  {
    fault: 'permissions are granted on request',
    part: 'main',
    replace: 'session.setPermissionRequestHandler(',
    by: 'void (',
    complaint: /^permissions: .*granted/,
  },
  {
    fault: 'permissions are granted on a check',
    part: 'main',
    replace: 'session.setPermissionCheckHandler(',
    by: 'void (',
    complaint: /^permissions: .*granted/,
  },
  {
    fault: 'the window loads from anywhere',
    part: 'main',
    replace: 'cancel: !isOwnRequest(page, url)',
    by: 'cancel: false',
    complaint: /^request: a foreign address was not stopped/,
  },
  {
    fault: 'the first Bluetooth device is taken',
    part: 'main',
    replace: /("select-bluetooth-device", \(event, _devices, callback\) => \{\s*)event\.preventDefault\(\);/,
    by: '$1',
    complaint: /^devices: bluetooth is given/,
  },
  {
    fault: 'devices are left to what Electron does',
    part: 'main',
    replace: /\n\s*refuseDevices\(session\);/,
    by: '',
    complaint: /^devices: usb is given/,
  },
  {
    fault: 'an address that is handed over is looked for on the disk',
    part: 'main',
    replace: 'if (address.test(text)) return',
    by: 'if (false) return',
    complaint: /^handed over: file:/,
  },
  {
    fault: 'a window learns where a file lies',
    part: 'main',
    replace: 'const name = shownName(text);',
    by: 'const name = text;',
    complaint: /^handed over: .*absent\.json/,
  },
  {
    fault: 'the log has what an error quotes',
    part: 'main',
    replace: 'scrubbed(text, home).split(',
    by: 'text.split(',
    complaint: /^log: names and passwords/,
  },
  {
    fault: 'the window has a way into the network',
    part: 'main',
    replace: /mode: "fixed_servers",\s+proxyRules: nowhere,/,
    by: 'mode: "fixed_servers", proxyRules: "proxy.example:3128",',
    complaint: /^network: the window has a way out/,
  },
  {
    fault: 'this machine is no part of the closed network',
    part: 'main',
    replace: /proxyBypassRules: "<-loopback>"/,
    by: 'proxyBypassRules: ""',
    complaint: /^network: the window has a way out/,
  },
  {
    fault: 'peer connections go past the proxy',
    part: 'main',
    replace: 'setWebRTCIPHandlingPolicy("disable_non_proxied_udp")',
    by: 'setWebRTCIPHandlingPolicy("default")',
    complaint: /^network: peer connections may use/,
  },
  {
    fault: 'saved secrets follow the window anywhere',
    part: 'main',
    replace: '.filter((one) => !confirmed.has(one.key));',
    by: '.filter(() => false);',
    complaint: /^secrets: /,
  },
  {
    fault: 'nobody is asked outside the window',
    part: 'main',
    replace: 'const { response } = await dialog.showMessageBox(',
    by: 'const { response } = await (async () => ({ response: 1 }))(',
    complaint: /^secrets: /,
  },
]

const cache = fileURLToPath(new URL('../../.cache/mutants', import.meta.url))

/** A directory for copies, inside the project so that dependencies are found from there. */
export async function makeMutantDirectory(): Promise<string> {
  await mkdir(cache, { recursive: true })
  return mkdtemp(join(cache, 'run-'))
}

/** Copies the bundles into a new directory below `parent`. */
export async function copyBundles(parent: string): Promise<string> {
  const directory = await mkdtemp(join(parent, 'out-'))
  for (const part of ['main', 'preload', 'renderer'])
    await cp(join(builtBundles, part), join(directory, part), { recursive: true })
  return directory
}

/** Applies the fault to a copy. Throws when its text is not there, or more than once: then it would be another fault, or none. */
export async function applyFault(bundles: string, { fault, part, replace, by }: Mutant): Promise<void> {
  const pattern = typeof replace === 'string' ? replace : new RegExp(replace.source, `${replace.flags}g`)
  const hits: { file: string; text: string }[] = []
  for (const file of await filesOf(bundles, part)) {
    const text = await readFile(file, 'utf8')
    const count = typeof pattern === 'string' ? text.split(pattern).length - 1 : [...text.matchAll(pattern)].length
    for (let hit = 0; hit < count; hit += 1) hits.push({ file, text })
  }
  const [place, ...more] = hits
  if (place === undefined || more.length > 0)
    throw new Error(`the text of "${fault}" is there ${hits.length} times instead of once`)
  const { file, text } = place
  const changed = typeof replace === 'string' ? text.replace(replace, () => by) : text.replace(replace, by)
  if (changed === text) throw new Error(`"${fault}" changes nothing`)
  await writeFile(file, changed)
}

async function filesOf(bundles: string, part: Part): Promise<string[]> {
  switch (part) {
    case 'main':
      return [join(bundles, 'main', 'index.js')]
    case 'preload':
      return [join(bundles, 'preload', 'index.cjs')]
    case 'page': {
      const assets = join(bundles, 'renderer', 'assets')
      return (await readdir(assets)).filter((name) => name.endsWith('.js')).map((name) => join(assets, name))
    }
  }
}
