/**
 * A directory with service connection points: OpenLDAP's slapd from Debian with a configuration of its own, on loopback and free ports,
 * in a folder that goes away with it. Its schema has as much of Active Directory as the search needs.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { makeAuthority } from '../../src/demo/certificates.ts'
import { realmName, type Realm } from './kerberos.ts'
import { freePorts, path } from './recipes.ts'

export type ConnectionPoint = { keywords: readonly string[]; binding: string }

export type SlapdServer = {
  /** For these names the certificate is good. */
  ldaps: (host: string) => string
  /** `HOST:PORT:ADDR:PORT`, so that a directory's usual name leads here. */
  connectTo: (host: string) => string[]
  ports: { ldap: number; ldaps: number }
  caPem: string
  /** Logins that the server refused, and all that it was asked for, by its own record. */
  refusedBinds: () => number
  binds: () => string[]
  /** The logins by ticket that it accepted. */
  ticketBinds: () => string[]
  stop: () => Promise<void>
}

export const ldapUser = 'cn=svc-ldap,cn=Configuration,dc=contoso,dc=local'
export const ldapPassword = 'Verzeichnis-ß-7'

const root = 'cn=Configuration,dc=contoso,dc=local'
const schema = `
attributetype ( 1.2.840.113556.1.4.48 NAME 'keywords' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.2.840.113556.1.4.510 NAME 'serviceBindingInformation' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.2.840.113556.1.4.1361 NAME 'configurationNamingContext' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.94 NAME 'serviceConnectionPoint' SUP top STRUCTURAL MUST cn MAY ( keywords $ serviceBindingInformation ) )
`

export async function startSlapd(o: {
  points: readonly ConnectionPoint[]
  names?: readonly string[]
  /** Without a certificate it cannot speak TLS. */
  tls?: boolean
  /** Takes Kerberos tickets (SASL GSSAPI) for this host of a realm. */
  tickets?: { host: string; realm: Realm }
}): Promise<SlapdServer> {
  const dir = mkdtempSync('/tmp/ews-slapd-')
  const at = (name: string): string => join(dir, name)
  mkdirSync(at('data'))
  const authority = await makeAuthority()
  const { keyPem, certPem } = await authority.issue({
    names: o.names ?? ['dc01.contoso.local', 'localhost'],
    kind: 'valid',
  })
  writeFileSync(at('key.pem'), keyPem, { mode: 0o600 })
  writeFileSync(at('cert.pem'), certPem)
  writeFileSync(at('ad.schema'), schema)
  writeFileSync(at('root.ldif'), `dn:\nconfigurationNamingContext: ${root}\n`)
  const sasl =
    o.tickets === undefined ? '' : `sasl-host ${o.tickets.host}\nsasl-realm ${realmName}\nsasl-secprops noplain\n`
  const tls = o.tls === false ? '' : `TLSCertificateFile ${at('cert.pem')}\nTLSCertificateKeyFile ${at('key.pem')}\n`
  writeFileSync(
    at('slapd.conf'),
    `include /etc/ldap/schema/core.schema
include ${at('ad.schema')}
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${at('slapd.pid')}
rootDSE ${at('root.ldif')}
${tls}${sasl}access to attrs=userPassword by anonymous auth by * none
access to dn.base="" by * read
access to * by users read by * none
database mdb
suffix "${root}"
directory ${at('data')}
maxsize 10485760
`,
  )
  const points = o.points.map(
    ({ keywords, binding }, index) => `
dn: cn=scp${index},${root}
objectClass: serviceConnectionPoint
cn: scp${index}
${keywords.map((keyword) => `keywords: ${keyword}`).join('\n')}
serviceBindingInformation: ${binding}
`,
  )
  writeFileSync(
    at('data.ldif'),
    `dn: ${root}
objectClass: applicationProcess
cn: Configuration

dn: ${ldapUser}
objectClass: applicationProcess
objectClass: simpleSecurityObject
cn: svc-ldap
userPassword:: ${Buffer.from(ldapPassword).toString('base64')}
${points.join('')}`,
  )
  const tickets =
    o.tickets === undefined
      ? // No SASL mechanism is there.
        { SASL_PATH: at('data') }
      : { ...o.tickets.realm.environment, KRB5_KTNAME: await o.tickets.realm.keytabFor(`ldap/${o.tickets.host}`) }
  const env = { ...process.env, PATH: path, ...tickets }
  execFileSync('slapadd', ['-f', at('slapd.conf'), '-l', at('data.ldif')], { env, stdio: 'pipe' })
  const [ldap, ldaps] = await freePorts()
  const urls = `ldap://127.0.0.1:${ldap}${o.tls === false ? '' : ` ldaps://127.0.0.1:${ldaps}`}`
  const child = spawn('slapd', ['-f', at('slapd.conf'), '-h', urls, '-d', 'stats'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const lines: string[] = []
  const killChild = (): boolean => child.kill()
  process.once('exit', killChild)
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      lines.push(line)
      if (line.includes('slapd starting')) resolve()
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`slapd did not start: ${lines.join('\n')}`)))
  })
  // It says so just before it listens.
  for (const port of o.tls === false ? [ldap] : [ldap, ldaps])
    while (!(await accepts(port))) {
      if (child.exitCode !== null) throw new Error(`slapd ended: ${lines.join('\n')}`)
      await pause(10)
    }
  return {
    ports: { ldap, ldaps },
    ldaps: (host) => `ldaps://${host}`,
    connectTo: (host) => [`${host}:636:127.0.0.1:${ldaps}`, `${host}:389:127.0.0.1:${ldap}`],
    caPem: authority.caPem,
    refusedBinds: () => lines.filter((line) => /RESULT tag=97 err=49/.test(line)).length,
    binds: () => lines.filter((line) => / BIND dn="[^"]/.test(line)),
    ticketBinds: () => lines.filter((line) => / BIND dn="[^"]+" mech=GSSAPI/.test(line)),
    async stop() {
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

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** Why slapd here takes no Kerberos tickets; null when it does. */
export const missingSlapdTickets = existsSync('/usr/lib/x86_64-linux-gnu/sasl2/libgssapiv2.so.2')
  ? null
  : 'a directory that takes tickets needs the Debian package libsasl2-modules-gssapi-mit'

/** Why this machine cannot run slapd; null when it can. */
export const missingSlapd =
  process.platform !== 'linux'
    ? 'a directory for tests runs on Linux only'
    : ['/usr/sbin/slapd', '/usr/lib/ldap/back_mdb.so', '/etc/ldap/schema/core.schema'].every((file) => existsSync(file))
      ? null
      : 'a directory needs the Debian package slapd'
