// Scenarios that work: the two healthy companies, and the ways of Autodiscover that lead to the goal.

import { makeServer } from '../exchange/server.ts'
import { versionsUpTo2010Sp2 } from '../exchange/organisation.ts'
import { page, type Handler } from '../http.ts'
import { anna, autodiscoverHost, contoso, mailHost, onPremises, soapAndPox } from './on-premises.ts'
import { answeringAfter } from './changes.ts'
import { online } from './online.ts'
import { defaultPassword, type Builder } from './plan.ts'

const root = 'contoso.example'

export const healthyScenarios = {
  // The URL comes from anonymous JSON; NTLM logs in. No finding.
  'healthy-on-prem': (given) => onPremises({ given }),
  // The URL comes from anonymous JSON at outlook.office365.com; the token logs in. Only the retirement countdown.
  'healthy-online': (given) => online({ given }),
  // Works as healthy-on-prem; two candidates cost their time limit, at most a warning each.
  'slow-candidate': (given) =>
    onPremises({
      given,
      hosts: {
        [root]: { role: 'website', https: 'silent' },
        'outlook.office365.com': { role: 'exchange-online', https: 'silent' },
      },
    }),
  // Works: Autodiscover names anna@groups.contoso.example, and that domain's Autodiscover has the settings.
  'redirect-addr': (given) => {
    const groups = `groups.${root}`
    const account = { email: `anna@${groups}`, aliases: [`anna@${root}`] }
    const mailDomains = [groups]
    const plan = onPremises({
      given,
      account,
      organisation: { mailDomains },
      server: {
        autodiscover: soapAndPox,
        direct: (email) =>
          email.toLowerCase() === `anna@${root}`
            ? { kind: 'address', address: `anna@${groups}` }
            : { kind: 'settings' },
      },
    })
    const server = plan.hosts[autodiscoverHost]
    return server ? { ...plan, hosts: { ...plan.hosts, [`autodiscover.${groups}`]: { ...server } } } : plan
  },
  // Works: Autodiscover sends the question on to the mail host, in the mail domain.
  'redirect-url': (given) => {
    const plan = onPremises({ given, server: { autodiscover: soapAndPox } })
    const organisation = contoso([anna(given.password ?? defaultPassword)])
    const sender = makeServer({
      organisation,
      autodiscover: soapAndPox,
      direct: () => ({ kind: 'host', host: mailHost }),
    })
    return { ...plan, hosts: { ...plan.hosts, [autodiscoverHost]: { role: 'autodiscover', https: sender } } }
  },
  // Works over the SRV record; srv-record-unusual
  'srv-only': (given) => {
    const host = `exchange.${root}`
    const ewsUrl = `https://${host}:8443/EWS/Exchange.asmx`
    const plan = onPremises({ given, organisation: { ewsUrl }, server: { autodiscover: soapAndPox } })
    const server = plan.hosts[mailHost]
    const { [mailHost]: _mail, [autodiscoverHost]: _autodiscover, [root]: _root, ...others } = plan.hosts
    return {
      ...plan,
      zones: {
        [root]: [{ type: 'MX', exchange: host, priority: 10 }],
        [`_autodiscover._tcp.${root}`]: [{ type: 'SRV', target: host, port: 8443, priority: 0, weight: 0 }],
      },
      hosts: { ...others, [host]: { ...server, role: 'exchange', port: 8443 } },
    }
  },
  // Works after a login at Autodiscover (Exchange 2013 CU23); server-out-of-support
  'autodiscover-login-only': (given) =>
    onPremises({
      given,
      organisation: {
        build: [15, 0, 1497, 48],
        schemaVersion: 'V2_23',
        versions: [...versionsUpTo2010Sp2, 'Exchange2012', 'Exchange2013', 'Exchange2013_SP1'],
      },
      server: { autodiscover: soapAndPox },
    }),
  // Works; only POX has the settings
  'pox-only': (given) => onPremises({ given, server: { autodiscover: { json: false, soap: false, pox: true } } }),
  // Works; root-website-wants-login, and no login is spent on it
  'website-wants-login': (given) => {
    const website: Handler = (request) => {
      if (request.headers.authorization !== undefined) request.journal.logon = 'refused'
      return page(401, '401 Authorization Required', {
        Server: 'nginx',
        'WWW-Authenticate': 'Basic realm="Intranet"',
      })
    }
    return answeringAfter(
      onPremises({ given, hosts: { [root]: { role: 'website', https: website } } }),
      root,
      autodiscoverHost,
    )
  },
  // Works at the own server, to which Exchange Online's JSON sends the question
  'hybrid-mailbox': (given) => {
    const cloud = online({ given, online: { hybrid: new Map([[root, autodiscoverHost]]) } })
    const plan = onPremises({ given })
    const microsoft = Object.fromEntries(
      Object.entries(cloud.hosts).filter(([name]) => /\.(outlook|office365|microsoftonline)\.com$/.test(name)),
    )
    return { ...plan, hosts: { ...plan.hosts, ...microsoft } }
  },
} satisfies Readonly<Record<string, Builder>>
