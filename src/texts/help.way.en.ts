/** English help on findings on the way to the server: fields, names, connections, proxies, clocks. */
import type { HelpWords } from './help.ts'

export const wayHelp = {
  'mail-address-invalid': {
    meaning:
      'The address is the starting point of everything: its domain says where Autodiscover is looked for and which host may receive a login. Without one “@”, a name before it and a registered domain behind it there is no safe place to ask. An ending that many owners share, such as “co.uk”, or a bare IP address is refused for the same reason: a question there would reach strangers.',
    knows:
      'The field is compared with these rules before anything is sent, so this is observed. It says nothing about whether the mailbox exists; only Exchange can answer that.',
  },
  'client-id-malformed': {
    meaning:
      'The application (client) ID is a GUID that Entra ID assigns when an application is registered. Blanks, braces or quotation marks usually come along when it is copied; they are removed and mentioned where that is enough. What remains here is something else, often the display name of the application or part of a link.',
    knows:
      'The form alone is compared: 32 hexadecimal digits in groups of 8-4-4-4-12. That is observed and needs no call. A GUID of the right form can still belong to another application; then Entra ID answers, and the finding is another one.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → Overview → Application (client) ID',
    ],
  },
  'tenant-id-malformed': {
    meaning:
      'The directory (tenant) ID names the organisation in which the application is registered. The login service takes a GUID or one of the organisation’s domains. Pasted links, blanks and braces are the usual reason; the link of the portal is not the ID.',
    knows:
      'The form of the field is compared before anything is sent, so this is observed. Entra ID has the code AADSTS900023 for the same case; its exact wording is not confirmed, which is why only the code counts here.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → Overview → Directory (tenant) ID',
    ],
  },
  'client-id-is-another-id': {
    meaning:
      'The overview page of an app registration shows several GUIDs side by side: the application (client) ID, the directory (tenant) ID and the object ID. They look alike and are easily mixed up. An application never has the ID of its tenant, so one of the two fields holds a value that belongs elsewhere.',
    knows:
      'Both fields hold the same string, which is observed. An object ID in the field cannot be recognised by its form; it shows only when Entra ID does not find the application.',
    commands: ['Microsoft Entra admin center → App registrations → your application → Overview'],
  },
  'client-secret-is-id': {
    meaning:
      'Beside every client secret the portal shows two columns, “Value” and “Secret ID”. The ID merely names the secret so that it can be found and deleted; it is a GUID and never logs anybody in. The value is shown only once, directly after the secret was created. Mixing up the two is among the commonest mistakes when an application is set up.',
    knows:
      'The field has the form of a GUID, which no value has: likely, so it is said before the first call and as a warning. When Entra ID then answers AADSTS7000215, both together prove it: observed. If Entra ID accepts the secret, the suspicion is gone.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → Certificates & secrets → column “Value”',
    ],
  },
  'client-certificate-unusable': {
    meaning:
      'In place of a client secret an application can prove itself with a certificate: its public half is uploaded to the app registration, its private key signs each token request here and never leaves this machine. For that the file has to hold both, the key has to belong to the certificate, and a protected key needs its passphrase.',
    knows:
      'The file was read here, before anything was sent: observed. The finding names the first thing that is missing: certificate, key, passphrase, the match between them, or the kind of key.',
    commands: ['openssl pkcs12 -export -in <certificate>.pem -inkey <key>.pem -out <file>.pfx'],
  },
  'client-secret-missing': {
    meaning:
      'Tenant and application say who wants to log in; the client secret is the proof. Without it Entra ID issues no token, and OAuth cannot be used. If passwords are meant instead, the two IDs belong out of their fields, so that it is clear which way is wanted.',
    knows:
      'The field is empty and no secret is saved: observed without a call. Entra ID says the same with AADSTS7000218 or AADSTS7000216; the wording of the latter is not confirmed, so only its code is used. With 7000218 Entra ID may also mean that public client flows are not allowed for the application.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → Certificates & secrets → New client secret',
    ],
  },
  'credentials-missing': {
    meaning:
      'EWS opens no mailbox without a login. There is neither a password nor a complete set of tenant ID, application ID and client secret, so none was attempted. If the steps show a 401 to an anonymous question, that is a good sign: the way to the server is open, and Exchange asks for the login as it should.',
    knows:
      'The run has no credentials, which is observed. Where the server was asked, its header WWW-Authenticate names the login methods. Nothing was refused, so this says nothing about any password.',
  },
  'tenant-must-be-named': {
    meaning:
      '“common”, “organizations” and “consumers” let a person choose the tenant while logging in. An application that logs in by itself has nobody to choose, so it has to name its tenant. Examples on the web often show “common” because they are about people.',
    knows:
      'Either the field holds one of these words, or Entra ID says so by code: AADSTS9001023, 50059, 50194 or 90019. Both are observed.',
    commands: [
      'Microsoft Entra admin center → App registrations → your application → Overview → Directory (tenant) ID',
    ],
  },
  'ews-url-malformed': {
    meaning:
      'The field takes the address of the EWS web service, beginning with https:// and usually ending in /EWS/Exchange.asmx. What is there now cannot be read as a web address, so there is no host to connect to. A bare host name, a missing path or an address of Outlook on the web is a different case: those are completed, or answered with a suggestion.',
    knows: 'The text is read as a URL before anything is sent. That it cannot be read is observed.',
  },

  'no-name-resolved': {
    meaning:
      'Not one name could be turned into an address, not even that of Microsoft’s cloud, which exists for everybody. Then an answer such as “this domain does not exist” says little about the domain: a resolver without a connection to the outside answers like this to everything. Typical reasons are an unplugged network, a VPN that is not connected, or a closed network that resolves only its own names.',
    knows:
      'All questions of the run came back empty, among them one for a name that certainly exists. It is likely at most: a closed network in which the mail domain is also mistyped looks the same. A single name that resolves, or one open connection, speaks against it.',
  },
  'mail-domain-not-found': {
    meaning:
      'The name server says that there is no such domain: no address, no mail server and no Autodiscover name below it. Almost always the part behind the “@” is misspelt. A domain that exists only inside the company network looks the same from outside. It is not the same as a name server that says nothing; that has a finding of its own.',
    knows:
      'The answer to the question for the domain is NXDOMAIN, and nothing was found below it: observed. An MX record, an SRV record or a name such as autodiscover. below the domain would speak against it, and then the finding is not given.',
  },
  'autodiscover-record-missing': {
    meaning:
      'Mail programs look for Exchange under “autodiscover.” followed by the mail domain. The domain is there, this name is not. That is harmless while another way leads to the URL, such as an SRV record, the domain itself or Exchange Online; otherwise it is the usual reason why nothing is found.',
    knows:
      'The question for the address of this name was answered with “no such name” or with no records, while the domain itself has records: observed. It is a note once a URL was found, a warning before that. The name’s record in a DNS view that exists only inside the company cannot be seen from outside.',
  },
  'ews-host-not-found': {
    meaning:
      'The host of the EWS URL, or of the login service, has no address in DNS, so no connection can even be tried. The name is misspelt, was given up, or is known only inside the company network. This differs from a server that is down: such a server still has an address.',
    knows:
      'The resolver answered, and its answer contains no address, neither IPv4 nor IPv6: observed. If the resolver had not answered at all, the finding would be that DNS does not answer.',
  },
  'dns-not-answering': {
    meaning:
      'The name server was asked and gave no usable answer: it ran into a time-out, refused, or reported a failure of its own. Nothing follows from that about the name. Often the VPN is missing, the DNS server of the computer is not reachable from this network, or the company’s own zone has a fault.',
    knows:
      'The result of the question is a time-out, REFUSED or SERVFAIL: observed. A clear “no such name” would be another finding, and it is never inferred from silence.',
  },
  'split-dns-suspected': {
    meaning:
      'Many companies give the same name two addresses: an internal one inside their network, and a public one outside. That works as long as everyone asks the right resolver. Whoever is outside and still asks the internal one, over a half-open VPN for instance, gets an address that leads nowhere from there. The other way round, an internal record may be out of date.',
    knows:
      'The name is one that can exist in public DNS, and its address is private, shared by carriers, link-local or the machine’s own; no connection to it came about. With one view only, this is possible: a private address may be meant, and merely a firewall be closed. It becomes likely when two resolvers differ, one with an internal and one with a public address. A second resolver is looked at only where the run had one.',
    commands: ['Resolve-DnsName <host> -Server <resolver>'],
  },
  'ipv6-unreachable': {
    meaning:
      'The host has an IPv6 address, and the connection to it does not work from here. As long as an IPv4 address works too, every connection merely loses time; programs that do not try both addresses fail. Without an IPv4 address nothing works.',
    knows:
      'Each address is tried separately and its result noted: the IPv6 attempt failed, the one over IPv4 worked or there is none. That is observed. A computer that has no IPv6 at all refuses at once; that costs nothing and is not reported while IPv4 works.',
  },
  'srv-record-unusual': {
    meaning:
      'An SRV record for Autodiscover names host and port. Most mail programs expect exactly one record, port 443 and a target in the mail domain; several of them ignore other ports, or choose wrongly among several records. This program follows the record as it is written, so what works here may fail elsewhere.',
    knows:
      'The records were read from DNS: observed. Whether they are meant this way, only the owner knows; so it stays a note.',
  },

  'connection-refused': {
    meaning:
      'The computer behind the address answered, and it said no: nothing listens on this port, or a firewall rejects actively. That differs from a time-out, where nothing comes back at all. Common reasons are a stopped web service, a wrong port and a port forwarding that leads to the wrong machine.',
    knows:
      'The operating system reports ECONNREFUSED for the connection: observed. Which of the reasons applies cannot be seen from outside. At a candidate of Autodiscover it only means that Exchange is not there.',
  },
  'connection-timed-out': {
    meaning:
      'The packets that open a connection were not answered in time. Usually a firewall drops them silently, or the address cannot be reached from this network without VPN or proxy. A server that is switched off looks the same. A wrong password or certificate cannot cause this, because neither was reached.',
    knows:
      'The connection attempt ended in a time-out, or with “not reachable” from the system: observed. Why the packets disappear is not visible from here.',
  },
  'server-silent': {
    meaning:
      'The connection stands, but no usable answer comes through it within the time limit. So network and firewall are in order as far as this host; the service behind is stuck, or a load balancer holds the request while it waits for a server that does not come. A server that answers and is merely slow would have sent a beginning.',
    knows:
      'The connection was opened and the answer, or the handshake before it, did not come in time: observed. What hangs behind it cannot be seen from outside.',
  },
  'connection-dropped': {
    meaning:
      'The other side, or something in between, closed the connection before an answer came. Firewalls and proxies with rules on content do this, and so do servers that are restarting. EWS is also known to drop connections under load; one single case is no proof of that.',
    knows:
      'The connection ended without an answer, by reset or plain closing: observed. Who closed it is not visible. Throttling is only plausible when it happens in bursts.',
  },
  'tls-handshake-reset': {
    meaning:
      'The connection was opened and broke off while encryption was being agreed. Old servers that know only TLS versions no longer accepted do this, and so do filters that look at the host name and refuse it. A bad certificate is something else: there the handshake gets far enough to show it.',
    knows:
      'A reset, an end or an alert came between the first message of the handshake and its completion: observed. The cause is only possible, because both explanations look the same from outside.',
  },
  'tls-certificate-expired': {
    meaning:
      'The certificate of the host is past its last day. An expired certificate no longer proves whose server this is, so no login goes there. Often it was renewed on the Exchange server and forgotten on the load balancer or reverse proxy in front of it, which is what the outside sees.',
    knows:
      'The certificate shown by the host has an end that lies in the past: observed. The clocks are compared first: if this machine’s own clock is the reason, the finding is about the clock instead.',
    commands: ['Enable-ExchangeCertificate -Thumbprint <thumbprint> -Services IIS'],
  },
  'tls-certificate-not-yet-valid': {
    meaning:
      'The certificate begins in the future. Either it was installed before its first day, or the clock of this machine is behind. The second happens on machines whose time is not synchronised.',
    knows:
      'The beginning of the certificate lies after the time of this machine: observed. The clock as its cause is likely when servers report another time, and then it is the clock that is named.',
  },
  'tls-certificate-revoked': {
    meaning:
      'The authority that issued the certificate has withdrawn it before its end, for example because its private key was lost or it was issued by mistake. Such a certificate proves nothing any more, even if its dates are right. It has to be replaced; there is no setting that makes it good again.',
    knows:
      'The check of the certificate ended with the result “revoked”: observed. Not every connection checks for revocation, so a missing finding does not prove the opposite.',
  },
  'tls-name-mismatch': {
    meaning:
      'The host answers with a certificate that is made out for other names. Either the URL uses a name that was forgotten when the certificate was ordered, or another server answers, such as the company’s web hosting at the bare domain. At a mere candidate of Autodiscover this is normal: it shows that Exchange is not there, and is only a note.',
    knows:
      'The requested name is in none of the names that the certificate lists: observed. Whether the right server has the wrong certificate or a wrong server answers, the names usually tell.',
  },
  'tls-inspection': {
    meaning:
      'A device on the way opens the encrypted connection, looks inside, and closes it again with its own certificate. Firewalls and web filters in companies do this. Where this machine trusts the device’s authority, the connection stands all the same, otherwise the issuer is unknown; in both cases NTLM with Extended Protection cannot work through it, because client and server see different certificates.',
    knows:
      'The issuer names a known vendor of such devices, or a host of Microsoft shows a certificate that is not from a public authority. It is likely at most: the evidence is the issuer’s name, and a private authority may have any name. The same issuer at unrelated hosts would make it stronger.',
  },
  'tls-issuer-unknown': {
    meaning:
      'The certificate may be in order, but this machine does not know who vouches for it. It is self-signed, issued by a company’s own authority, or the server does not send the intermediate certificate that leads to a public one. That a browser opens the same address without a warning proves little, because it may know other authorities than this program does.',
    knows:
      'The check ended with the code for an unknown issuer, a self-signed certificate or a missing intermediate: observed. Signs of inspection on the way were looked for; with them, that finding is given instead.',
  },
  'tls-certificate-differs-behind-balancer': {
    meaning:
      'A load balancer or reverse proxy in front of Exchange may open TLS and show a certificate of its own, while IIS has another one. For reading web pages that does not matter. Extended Protection binds a login to the certificate the client saw: if IIS has another one, it refuses the login, and it looks like a wrong password.',
    knows:
      'The admin gives the thumbprint that the server has, and the program compares it with that of the certificate it was shown. That they differ is observed; which of the two is in the wrong place, it does not say. Without a thumbprint nothing is compared: from outside, the certificate in IIS cannot be seen.',
    commands: ['Get-ExchangeCertificate | fl Thumbprint,Subject,Services,NotAfter'],
  },

  'proxy-login-required': {
    meaning:
      'A proxy stands between this machine and the server, and it wants a login of its own before it lets anything through. Exchange was not reached; its password plays no part here. Browsers often log in at such proxies unnoticed with the account of the system; programs cannot always do that.',
    knows:
      'Status 407 is the proxy’s own word for it, either to the request itself or to the attempt to connect through it: observed.',
  },
  'proxy-unreachable': {
    meaning:
      'A proxy is configured, and it cannot be reached: its name does not resolve, it refuses, does not answer, or breaks off. Settings that were right in another network are the usual reason, for instance at home with the proxy of the company. The server behind it was never asked.',
    knows:
      'The connection to the proxy failed before any request could be made: observed. Nothing follows from that about the server behind.',
  },
  'captive-portal': {
    meaning:
      'Guest networks in hotels, trains and companies show every newcomer a page of their own until he has logged in; some web filters do the same for hosts they block. Whatever is asked, that page answers, with a good status even. A program that takes it for the answer of the server draws wrong conclusions about Autodiscover, the URL or the password.',
    knows:
      'At least two hosts that belong to different owners gave the very same HTML page, or redirected to the very same foreign one, and none of the answers had a sign of Exchange. This is likely, not certain: a common hosting service may show one page for several names. One host alone is never enough.',
  },
  'proxy-not-used': {
    meaning:
      'In many networks the only way out is a proxy; in others a proxy setting remained although the proxy is gone. Both look like a server that cannot be reached. So after a run in which no connection came about, the program tries the way it did not use: the proxy that the environment names, or the direct one.',
    knows:
      'Exactly one connection over the other way: it stood, and the certificate of the host was trusted. Nothing was sent over it, no request and no login; a login for the proxy itself was left out too. That it is the cause is likely: the host may also have come back between the two attempts. Where the environment names no proxy, or somebody excepted the host by name, there is no other way, and nothing is tried.',
  },
  'gateway-answered': {
    meaning:
      'The answer does not come from Exchange but from something in front of it: a web application firewall, a reverse proxy, a load balancer. Such devices answer with statuses of their own when a rule forbids the request or the server behind is not available. So the reason is to be found in their log, not in that of Exchange.',
    knows:
      'Exchange signs its answers with headers such as X-FEServer, X-OWA-Version or X-DiagInfo. They are missing here, or the header Via names an intermediary. It is likely at most, because a server could also be configured to hide its headers. A request-id alone counts as half a proof of Exchange.',
  },
  'token-endpoint-redirected': {
    meaning:
      'The request for a token has to arrive as it was sent, as a POST. Something on the way answered with a redirect or turned it into a GET, which the login service does not take. Proxies, login portals of networks and rewriting rules do that. The program does not follow such a redirect, because it would carry the secret elsewhere.',
    knows:
      'A status 3xx or 405 came for the token request, or Entra ID itself reported AADSTS900561: observed. Which device did it, the answer’s headers may tell.',
  },

  'clock-skew': {
    meaning:
      'Tokens and certificates hold from one moment to another, and Kerberos takes only requests whose time is nearly right. If a clock is off by more than five minutes, good tokens look expired or too early, and logins fail for no visible reason. The difference alone does not say which clock is wrong.',
    knows:
      'Every answer over https carries the server’s time in the header Date; it is compared with the clock here. Two hosts that agree make it observed, a single one likely, because then the server’s clock could be the wrong one. A third host without a difference speaks against it.',
    commands: ['w32tm /resync'],
  },
  'token-not-yet-valid': {
    meaning:
      'Every token has a moment from which it holds. The server looked at its own clock and found that this moment has not come yet. The token is good; the clock of the Exchange server is behind that of the login service. A wrong secret cannot cause this, because then there would be no token.',
    knows:
      'The server refused the token with 401, and the claim nbf of the token lies after the time in the server’s own header Date: observed. The claims are read without checking the signature, which is enough for a comparison of times.',
    commands: ['w32tm /resync'],
  },

  'works-in-browser-only': {
    meaning:
      'Browsers bring more along than a program without a window: the proxy settings of the operating system with their scripts, certificate authorities and client certificates of the platform, certificates that they fetch when a server forgets to send them, and logins that were made earlier. So it happens that the same address opens there and not here, and both are right.',
    knows:
      'Somebody said so, or a connection over the way that the operating system offers stood where the one of this program failed. What exactly makes the difference cannot be seen from here, so this is possible and no more; it stands beside what the program itself observed and never replaces it.',
    commands: ['netsh winhttp show proxy'],
  },
} as const satisfies Record<string, HelpWords>
