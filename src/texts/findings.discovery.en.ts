/** English words of findings about Autodiscover. */
import type { FindingWords } from './template.ts'

export const discoveryFindings = {
  'root-website-wants-login': {
    title: 'The web site {host} wants a login, but it is not Exchange.',
    explanation: 'Such an answer says nothing about the password, and none was sent there.',
    remedy: ['Nothing has to be done. The web site of the domain is not needed for Exchange.'],
  },
  'autodiscover-not-published': {
    title: 'No Autodiscover was found for {domain}.',
    explanation:
      'Asked without success: {hosts}. None of them was an Exchange that answers for this domain. This is no statement about the password.',
    remedy: [
      'Publish Autodiscover: a DNS record {autodiscoverHost} that points to the Exchange server or, for Exchange Online, a CNAME to autodiscover.outlook.com.',
      'Or enter the EWS URL by hand: https://mail.{domain}/EWS/Exchange.asmx, with the host name of your server.',
    ],
  },
  'autodiscover-needs-login': {
    title: 'Autodiscover on {host} answers only after a login.',
    explanation:
      'Exchange is there, but it names the URL for {email} only to someone who logs in. No usable password is given.',
    remedy: [
      'Enter the password and, where it differs from the address, the user name. Then choose “Get URL” again.',
      'Or enter the EWS URL by hand.',
    ],
  },
  'address-unknown-at-autodiscover': {
    title: 'Autodiscover on {host} does not know the address {email}.',
    explanation:
      'It answered with code {code}. The address has a typing mistake, or its mailbox belongs to another organisation.',
    remedy: ['Check the address.', 'In a hybrid organisation, check on which side the mailbox is.'],
  },
  'autodiscover-misconfigured': {
    title: 'Autodiscover on {host} could not give the settings.',
    explanation:
      'It answered with code {code}: the service runs, but its configuration does not yield an answer. Text of the server: “{text}”.',
    remedy: [
      'Check the URLs of the virtual directories.',
      'Check the service on the server, and the event log of MSExchange Autodiscover.',
    ],
  },
  'autodiscover-request-refused': {
    title: 'Autodiscover on {host} did not take the question for a proper one.',
    explanation:
      'It answered with code {code}, although the question had the usual form. Something on the way may have changed it, or the service is damaged. Text of the server: “{text}”.',
    remedy: [
      'Check whether a gateway or proxy in front of {host} rewrites requests to /autodiscover/ or turns a POST into a GET.',
      'Check the service on the server, and the event log of MSExchange Autodiscover.',
      'Until then, enter the EWS URL by hand.',
    ],
  },
  'autodiscover-without-ews-url': {
    title: 'Autodiscover on {host} answered, but named no EWS URL.',
    explanation: 'The settings for {email} are there, only the URL of EWS is missing.',
    remedy: ['Set ExternalUrl of the virtual directory EWS.', 'Until then, enter the EWS URL by hand.'],
  },
  'autodiscover-redirect-loop': {
    title: 'Autodiscover redirects in a circle.',
    explanation: '{host} was reached again on the same way, or the chain became too long. Target named: {redirect}.',
    remedy: [
      'Check targetAddress of the mailbox and the accepted domains.',
      'Check redirects of the web server for /autodiscover.',
    ],
  },
  'ews-url-internal-only': {
    title: 'Autodiscover names an EWS URL that cannot be reached from here: {host}.',
    explanation: '{source} named {url}. This host seems to exist only inside the company network. Address: {address}.',
    remedy: ['Set ExternalUrl of the virtual directory EWS.', 'Or work inside the company network or over VPN.'],
  },
  'foreign-redirect-refused': {
    title: 'A redirect led to the foreign host {host}, which got no credentials.',
    explanation:
      '{namedBy} names this host. It lies outside the mail domain {domain}, and nobody has agreed to it. It may be the hosting provider, or an attack.',
    remedy: [
      'Find out whether {host} belongs to your mail provider.',
      'If so, agree when asked, or allow it beforehand (--trust-host {host}).',
    ],
  },
  'host-needs-consent': {
    title: 'The host {host} has not been confirmed, so it got no credentials.',
    explanation:
      'It lies outside the mail domain {domain} and was neither typed nor proven on this machine. Named by: {namedBy}.',
    remedy: [
      'Check whether {host} is your Exchange server.',
      'If so, type the URL yourself, or allow the host (--trust-host {host}).',
    ],
  },
  'insecure-url-refused': {
    title: 'An address without encryption was named and refused: {host}.',
    explanation: '{namedBy} leads to http. Credentials are never sent without encryption.',
    remedy: ['Publish Autodiscover and EWS over https, and correct the redirect, the SRV record or the URL.'],
  },
  'hybrid-mailbox-location-unclear': {
    title: 'Exchange Online and an own server both answer for {email}.',
    explanation:
      'Exchange Online names {online}, the own server {own}. This is usual in a hybrid organisation; on which side the mailbox is remains open here.',
    remedy: ['Look up where the mailbox {email} lives.', 'Enter the URL of the side on which the mailbox is.'],
  },
  'autodiscover-sources-disagree': {
    title: 'Two Autodiscover sources name two different servers.',
    explanation: '{source} names {url}, {otherSource} names {otherUrl}.',
    remedy: ['Check ExternalUrl on all servers.', 'Check old DNS records of Autodiscover.'],
  },
  'cloud-answer-alone': {
    title: 'Only Exchange Online itself names this URL for {domain}.',
    explanation:
      'Neither the mail domain nor its DNS points to Exchange Online, and {host} may answer for addresses it does not know. So it is possible that the mailbox is somewhere else.',
    remedy: [
      'Press “Test connection”: only a login shows whether the mailbox is there.',
      'If the mailbox is on your own server, enter its EWS URL by hand.',
    ],
  },
  'answer-refused-as-unsafe': {
    title: 'An answer of {host} was not read, because it was built to harm or too large.',
    explanation:
      'It contains entities, is nested too deeply, or exceeds the size limit. Exchange does not answer like this.',
    remedy: ['Check what answers at {url}.'],
  },
  'answer-unreadable': {
    title: 'The answer of {host} could not be read.',
    explanation: 'It was neither what Exchange sends nor a web page. Address: {url}.',
    remedy: ['Check what answers at {url}, and whether something on the way changes answers.'],
  },
} as const satisfies Record<string, FindingWords>
