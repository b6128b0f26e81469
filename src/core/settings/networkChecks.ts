/** Checks of the options behind "More options": the proxy, and the directory with the service connection points. */
import type { Remark } from '../evidence/schema.ts'
import { parseProxy } from '../network/plan.ts'
import { parseUrl } from '../network/url.ts'
import type { Settings } from './settings.ts'
import { parseThumbprint } from './thumbprint.ts'

/** An LDAP server that credentials may go to: `ldaps`, or `ldap` that is upgraded by StartTLS. null when the text is none. */
export function parseLdapUrl(text: string): URL | null {
  const typed = text.trim()
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `ldaps://${typed}`)
  if (url === null || !['ldap:', 'ldaps:'].includes(url.protocol)) return null
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  return plain && url.hostname !== '' && ['', '/'].includes(url.pathname) ? url : null
}

export function checkNetwork({ network, ldapUrl, ldapUser }: Settings): Remark[] {
  const remarks: Remark[] = []
  const say = (field: Remark['field'], id: string, severity: Remark['severity']): void => {
    remarks.push({ field, id, severity, suggestion: null, facts: {} })
  }
  if (network.proxy !== '' && network.proxy !== 'none') {
    const proxy = parseProxy(network.proxy)
    if (proxy === null) say('proxy', 'proxy-malformed', 'error')
    // A password in a URL would be stored and shown with it.
    else if (proxy.password !== '') say('proxy', 'proxy-password-in-url', 'error')
  }
  if (network.expectThumbprint.trim() !== '' && parseThumbprint(network.expectThumbprint) === null)
    say('expectThumbprint', 'thumbprint-malformed', 'error')
  if (ldapUrl.trim() !== '') {
    if (parseLdapUrl(ldapUrl) === null) say('ldapUrl', 'ldap-url-malformed', 'error')
    else if (ldapUser.trim() === '') say('ldapUser', 'ldap-by-ticket', 'info')
  }
  return remarks
}
