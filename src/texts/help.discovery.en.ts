/** English help on findings about Autodiscover. */
import type { HelpWords } from './help.ts'

export const discoveryHelp = {
  'root-website-wants-login': {
    meaning:
      'Autodiscover is also looked for at the bare mail domain, where most companies have their web site. This one asks for a login of its own, and it is no Exchange. Such a 401 is about another password for another thing; many programs wrongly take it for “password refused” or spend the Exchange password there.',
    knows:
      'The 401 of this host shows none of Exchange’s headers, and Exchange was found elsewhere, or nothing else asked for a login. It is likely at most: a server that hides its headers could be behind it. No password was sent there.',
  },
  'autodiscover-not-published': {
    meaning:
      'All places where Autodiscover is usually found were asked, and none of them is an Exchange that answers for this domain. Often the DNS record was never created, or the service is published only inside the company. This is not a refused login: a server that refuses a login is there. With the EWS URL typed by hand everything else can work.',
    knows:
      'Every candidate ended without a connection or with an answer that is certainly not Autodiscover: observed. Where an answer was unreadable or the server reported a fault, it is only likely. A single candidate that shows Exchange and asks for a login rules this finding out. The lookup in Active Directory (SCP) works only on machines in the domain and is not counted as searched.',
  },
  'autodiscover-needs-login': {
    meaning:
      'Autodiscover was found, and it is Exchange. Without a login it does not say where EWS is for this address. Newer servers answer part of it anonymously; this one does not, or not for this address. So discovery is not at fault, only a login is missing.',
    knows:
      'The answer is 401 with the headers of Exchange, no usable credentials were given, and the anonymous ways gave no URL: observed. It says nothing about a password, because none was sent.',
  },
  'address-unknown-at-autodiscover': {
    meaning:
      'Autodiscover is there and works, but this organisation does not know the address. Either it is misspelt, or its mailbox belongs to another organisation, for example to the other side of a hybrid one. It is not a login problem.',
    knows:
      'The server gives the code 500 in XML, or a code such as InvalidUser or InvalidDomain in SOAP: observed. The anonymous service of the cloud is not counted on its own, because it may answer for addresses it does not host.',
  },
  'autodiscover-misconfigured': {
    meaning:
      'The Autodiscover service runs and understood the question, but its configuration gives no usable settings. Frequent reasons are missing or wrong URLs of the EWS virtual directory, or a damaged Autodiscover configuration. The address and the login were not the problem here.',
    knows:
      'The server itself gives one of the codes 501, 601, 602 or 603 in XML, or InternalServerError or SettingIsNotAvailable in SOAP: observed. What exactly is wrong has to be looked up on the server.',
    commands: ['Get-WebServicesVirtualDirectory | fl Identity,InternalUrl,ExternalUrl'],
  },
  'autodiscover-request-refused': {
    meaning:
      'Autodiscover took the login and then said that what arrived was no request it understands. The question always has the same form, which every Exchange takes. So it is likely that something on the way changed it: a gateway that loses the body, or a redirect that turns the POST into a GET. A browser that opens the address gets the same code, because it sends no question; there it is only a sign of life.',
    knows:
      'The server itself gives the code 600 in XML, InvalidRequest or InvalidSetting in SOAP, or a SOAP fault: that it refused is observed. Who changed the question, or whether the service itself is damaged, the code does not tell.',
  },
  'autodiscover-without-ews-url': {
    meaning:
      'Autodiscover delivered settings for the address, but the URL of EWS is not among them. Usually the external URL of the EWS virtual directory was never set, or access to EWS from outside is not intended. Some servers name only the URL of the availability service; it is accepted too, because it is usually the same.',
    knows:
      'The settings were read completely, and no node contains an EWS URL or an availability URL: observed. Enter the URL by hand if you know it; its absence here does not mean that EWS is switched off.',
    commands: [
      'Get-WebServicesVirtualDirectory | fl Identity,InternalUrl,ExternalUrl',
      'Set-WebServicesVirtualDirectory -Identity "<server>\\EWS (Default Web Site)" -ExternalUrl https://<host>/EWS/Exchange.asmx',
    ],
  },
  'autodiscover-redirect-loop': {
    meaning:
      'Autodiscover may send the question on, to another address or another URL. Here it came back to a place where it had already been, or was sent on more than ten times. After a migration two organisations often point at each other: each believes that the mailbox is on the other side.',
    knows:
      'The program keeps a list of addresses and URLs already asked; one of them came a second time, or the list reached ten: observed. The list of hops is in the steps.',
  },
  'ews-url-internal-only': {
    meaning:
      'Autodiscover named an EWS URL whose host exists only inside the company network. From here it has no address, or a private one that does not answer. Usually the internal URL is set on the server and the external one is empty. Inside the network or over VPN the same URL may work well.',
    knows:
      'The URL came from Autodiscover; its host has no address in DNS, or only private addresses that did not answer: observed. A host with a public address that does not answer would be a matter of firewall or server instead.',
    commands: [
      'Get-WebServicesVirtualDirectory | fl Identity,InternalUrl,ExternalUrl',
      'Set-WebServicesVirtualDirectory -Identity "<server>\\EWS (Default Web Site)" -ExternalUrl https://<host>/EWS/Exchange.asmx',
    ],
  },
  'foreign-redirect-refused': {
    meaning:
      'A redirect or DNS record led to a host outside the mail domain. With a hosting provider that is normal. But anybody who can plant such a hint could collect logins this way: in 2021 researchers received more than 370,000 logins within four months at domains they had bought, from programs that asked the wrong hosts without a question. So this host got no login data, and nobody has agreed to it yet.',
    knows:
      'The host is neither in the mail domain nor a host of the chosen cloud, nobody agreed, and nothing was sent: observed. Whether it is the provider or an attack, the program cannot know. Its certificate, shown with the question for consent, helps to decide.',
  },
  'host-needs-consent': {
    meaning:
      'The EWS URL came with an imported file and points to a host outside the mail domain. On this machine nobody has typed, confirmed or tested it. A file from elsewhere must not be enough to send a password to any host, so the login waits for your decision.',
    knows:
      'The origin of the URL is stored with it, and no consent is recorded for the host: observed. Nothing was refused by the server; it got no login data.',
  },
  'insecure-url-refused': {
    meaning:
      'A redirect, a DNS record or a setting leads to an address without encryption. Whoever sits on the way could read the login there, so it is never sent, not even once to try. Such entries often date from the time before encryption was switched on, or belong to a load balancer that ends it.',
    knows:
      'The address named begins with http:, or the DNS record names port 80: observed. It is a warning if another way led to the URL.',
  },
  'hybrid-mailbox-location-unclear': {
    meaning:
      'Exchange Online and an own server both claim to answer for this address. In a hybrid organisation that is normal: both sides answer, but the mailbox lives on only one of them. At the wrong side the login may work and the mailbox still be missing.',
    knows:
      'Two sources delivered two URLs, one of the cloud and one of an own server: that is observed. On which side the mailbox is stays only possible; a call that opens the mailbox decides it. The cloud’s anonymous answer counts only where the mail domain’s MX record points to the cloud too.',
    commands: ['Get-Recipient <mailbox> | fl RecipientTypeDetails,RemoteRoutingAddress'],
  },
  'autodiscover-sources-disagree': {
    meaning:
      'Two Autodiscover sources name two different EWS hosts. Often one of them is a leftover: an old DNS record, or a server that was replaced and still answers. Depending on the order in which programs ask, they end up on the one or the other.',
    knows:
      'Both answers are there, with different hosts, and they are not the usual pair of a hybrid organisation: observed. Which one is right, the program cannot know; it uses the one that could be verified.',
    commands: ['Get-WebServicesVirtualDirectory | fl Server,InternalUrl,ExternalUrl'],
  },
  'cloud-answer-alone': {
    meaning:
      'Exchange Online has one EWS URL for all mailboxes, and its Autodiscover may name it for addresses that it does not know. Here nothing else speaks for it: no MX record, no CNAME of Autodiscover, no redirect, no OAuth settings. An organisation with a mail filter of another provider in front of Exchange Online looks like this, and so does an own server whose Autodiscover is not published.',
    knows:
      'The URL came from the cloud’s own Autodiscover, and none of the other sources pointed there. That the cloud answers for unknown addresses is reported and not confirmed in detail, so this stays possible.',
  },
  'answer-refused-as-unsafe': {
    meaning:
      'The answer was built in a way that could harm a program that reads it: with XML entities, nested far too deeply, or larger than any real answer. It was put aside unread. Exchange does not answer like this; it is something else at this address, broken or hostile. Other candidates are not affected.',
    knows:
      'The limits for size, depth and entities are fixed, and the answer exceeds one of them: observed. Whether on purpose or by accident cannot be told.',
  },
  'answer-unreadable': {
    meaning:
      'An answer came with status 200, but its content is neither XML nor JSON that Exchange would send, nor a recognisable web page. Devices that shorten or rewrite answers do this, and so do other services on the same port.',
    knows:
      'Reading failed, which is observed. What it is meant to be remains open; the beginning of the answer is in the evidence.',
  },
} as const satisfies Record<string, HelpWords>
