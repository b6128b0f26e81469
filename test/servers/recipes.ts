/**
 * Starts the real login servers of the shared recipes for a test: apache2 with NTLM, and an https server that looks at
 * channel bindings. Loopback only, on free ports, in a folder of their own that goes away with them.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { delimiter, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const recipes = resolve(repository, process.env['EWS_SETUP_RECIPES'] ?? '../shared/recipes')

export type RunningServer = {
  /** Without a path; null where the server speaks https only. */
  httpUrl: string | null
  /** Without a path. The certificate is for `localhost` and 127.0.0.1. */
  httpsUrl: string
  /** Certificate to trust for `httpsUrl`; empty where the server speaks http only. */
  caPem: string
  /** The server's own folder. */
  dir: string
  /** How many logons (messages of type 3) the server has refused since it started, by its own record. */
  failedLogons: () => Promise<number>
  /** Ends the server and removes its folder. */
  stop: () => Promise<void>
}

/** A path that both servers protect. */
export const ewsPath = '/EWS/Exchange.asmx'

/** The accounts of both servers. */
export const accounts = {
  alice: { userName: 'CONTOSO\\alice', password: 'Secret-Passw0rd' },
  bob: { userName: 'CONTOSO\\bob', password: 'Pässwörd-ß' },
} as const

// Debian keeps server programs in folders that an ordinary user's PATH lacks.
export const path = [process.env['PATH'] ?? '', '/usr/sbin', '/sbin'].join(delimiter)

const gssNtlmssp = { 'gss-ntlmssp': '/etc/gss/mech.d/mech.ntlmssp.conf' }

/** Why this machine cannot run a server or keychain; null when it can. For `skipReason` in `skip.ts`. */
export const missing: Readonly<Record<'ntlm' | 'epa' | 'kerberos' | 'keyring' | 'openssl', string | null>> = {
  ntlm: whatIsMissing('an NTLM server', 'start-ntlm.sh', {
    apache2: 'apache2',
    'libapache2-mod-auth-gssapi': '/usr/lib/apache2/modules/mod_auth_gssapi.so',
    openssl: 'openssl',
    ...gssNtlmssp,
  }),
  epa: whatIsMissing('a server with Extended Protection', 'epa-server.py', {
    'python3-gssapi': '/usr/lib/python3/dist-packages/gssapi/__init__.py',
    openssl: 'openssl',
    ...gssNtlmssp,
  }),
  kerberos: whatIsMissing('a Kerberos server', 'start-krb.sh', {
    apache2: 'apache2',
    'libapache2-mod-auth-gssapi': '/usr/lib/apache2/modules/mod_auth_gssapi.so',
    'krb5-kdc': 'krb5kdc',
    'krb5-admin-server': 'kadmin.local',
    'krb5-user': 'kinit',
    'libkrb5-dev, g++ and python3, before npm ci': join(
      repository,
      'node_modules/kerberos/build/Release/kerberos.node',
    ),
  }),
  openssl: whatIsMissing('a certificate for tests', 'start-ntlm.sh', { openssl: 'openssl' }),
  keyring: whatIsMissing('an OS keychain', 'keyring-run.sh', {
    'gnome-keyring': 'gnome-keyring-daemon',
    dbus: 'dbus-daemon',
  }),
}

/** Absolute path of a script of the recipes. */
export function recipe(name: string): string {
  return join(recipes, name)
}

/** NTLM over http and https (apache2, gss-ntlmssp). It does not look at channel bindings. */
export function startNtlmServer(): Promise<RunningServer> {
  return start({
    command: (dir, [http, https]) => [recipe('start-ntlm.sh'), dir, `${http}`, `${https}`],
    // The two reasons that follow a message of type 3: wrong password, and unknown user or broken MIC. An unreadable message ends
    // in "Unknown error" or "Failed to decode data".
    record: 'error.log',
    refusal: /gss_accept_sec_context\(\) failed: .*\((?:Invalid argument|Permission denied)\)\]/,
  })
}

/** NTLM over https with Extended Protection, as strict as `epa` says. */
export function startEpaServer({ epa }: { epa: 'require' | 'allow' | 'off' }): Promise<RunningServer> {
  return start({
    command: (dir, [port]) => [
      '/usr/bin/python3',
      '-c',
      recordRefusals,
      join(dir, 'refused.log'),
      recipe('epa-server.py'),
      `--port=${port}`,
      `--dir=${dir}`,
      `--epa=${epa}`,
    ],
    record: 'refused.log',
    refusal: /./,
  })
}

/** A KDC, and apache2 with Negotiate over http. A refused ticket counts as a failed logon. */
export function startKerberosServer(): Promise<RunningServer> {
  return start({
    command: (dir, [kdc, http]) => [recipe('start-krb.sh'), dir, `${kdc}`, `${http}`],
    record: 'error.log',
    // NTLM's first message carries no credentials; the server only says that it speaks no NTLM.
    refusal: /gss_accept_sec_context\(\) failed(?!.*No credentials were supplied)/,
  })
}

/** Runs the recipe unchanged, and writes down each answer that refuses a message of type 3, before it is sent. */
const recordRefusals = `
import base64, http.server, runpy, sys
record, sys.argv = open(sys.argv[1], "a", buffering=1), sys.argv[2:]
send_header = http.server.BaseHTTPRequestHandler.send_header
def recording(self, name, value):
    if name == "X-Why" and base64.b64decode(self.headers.get("Authorization", "")[5:] + "==")[8:9] == b"\\3":
        record.write(value + "\\n")
    send_header(self, name, value)
http.server.BaseHTTPRequestHandler.send_header = recording
runpy.run_path(sys.argv[0], run_name="__main__")
`

type Plan = {
  command: (dir: string, ports: readonly [number, number]) => readonly string[]
  /** File in the server's folder with one line per refused logon that matches `refusal`. */
  record: string
  refusal: RegExp
}

async function start(plan: Plan): Promise<RunningServer> {
  // Not os.tmpdir(): started by root, the server runs as another user who must be able to enter every parent folder.
  const dir = mkdtempSync('/tmp/ews-server-')
  chmodSync(dir, 0o755)
  let failure = ''
  // A free port may be taken by somebody else before the server listens on it.
  for (let attempt = 0; attempt < 3; attempt++) {
    const [program = '', ...parameters] = plan.command(dir, await freePorts())
    const child = spawn(program, parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path, LC_ALL: 'C.UTF-8' },
    })
    const killChild = (): boolean => child.kill()
    process.once('exit', killChild)
    const [ready, errors] = await firstLine(child)
    if (ready !== undefined) {
      return {
        httpUrl: /\bhttp:\/\/\S+/.exec(ready)?.[0] ?? null,
        httpsUrl: /\bhttps:\/\/\S+/.exec(ready)?.[0] ?? '',
        caPem: await readFile(join(dir, 'cert.pem'), 'utf8').catch(() => ''),
        dir,
        failedLogons: async () => {
          const lines = (await readFile(join(dir, plan.record), 'utf8')).split('\n')
          return lines.filter((line) => plan.refusal.test(line)).length
        },
        stop: async () => {
          process.off('exit', killChild)
          if (child.exitCode === null && child.signalCode === null) {
            const exited = once(child, 'exit')
            child.kill()
            await exited
          }
          await rm(dir, { recursive: true, force: true })
        },
      }
    }
    process.off('exit', killChild)
    failure = errors
  }
  await rm(dir, { recursive: true, force: true })
  throw new Error(`the server did not start: ${failure.trim()}`)
}

/** The line that starts with `ready`, or `undefined` and what the program said when it ended before that. */
async function firstLine(child: ChildProcess): Promise<[string | undefined, string]> {
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-2_000)))
  return new Promise((settle) => {
    child.once('error', (error) => settle([undefined, error.message]))
    child.once('close', () => settle([undefined, errors]))
    if (child.stdout === null) return
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('ready ')) settle([line, errors])
    })
  })
}

export async function freePorts(): Promise<readonly [number, number]> {
  const first = await freePort()
  const second = await freePort()
  await Promise.all([first.release(), second.release()])
  return [first.port, second.port]
}

async function freePort(): Promise<{ port: number; release: () => Promise<unknown> }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, release: () => once(server.close(), 'close') }
}

/** `needs`: Debian package, and the program or file by which it is recognised. */
function whatIsMissing(what: string, script: string, needs: Readonly<Record<string, string>>): string | null {
  if (process.platform !== 'linux') return `${what} for tests runs on Linux only`
  if (!existsSync(recipe(script))) return `${what} needs the recipe ${script}; set EWS_SETUP_RECIPES to its folder`
  const packages = Object.entries(needs)
    .filter(([, file]) => !path.split(delimiter).some((folder) => existsSync(resolve(folder, file))))
    .map(([name]) => name)
  return packages.length === 0 ? null : `${what} needs the Debian packages ${packages.join(', ')}`
}
