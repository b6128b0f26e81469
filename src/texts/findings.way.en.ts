/** English words of findings on the way to the server: fields, names, connections, proxies, clocks. */
import type { FindingWords } from './template.ts'

export const wayFindings = {
  'mail-address-invalid': {
    title: 'The e-mail address is not complete.',
    explanation: 'An address needs a name, one “@” and a registered domain. Nothing was sent.',
    remedy: ['Enter the address in the form name@company.com.'],
  },
  'client-id-malformed': {
    title: 'The application (client) ID does not have the form of an ID.',
    explanation: 'An application ID consists of 32 hexadecimal digits in five groups: 8-4-4-4-12.',
    remedy: [
      'Open “App registrations” in the Microsoft Entra admin center and select your application.',
      'Copy “Application (client) ID” from its overview and paste it into the field.',
    ],
  },
  'tenant-id-malformed': {
    title: 'The directory (tenant) ID is neither an ID nor a domain.',
    explanation:
      'The login service needs the tenant as an ID with 32 hexadecimal digits or as a domain such as company.onmicrosoft.com.',
    remedy: ['Copy “Directory (tenant) ID” from the overview of your app registration and paste it into the field.'],
  },
  'client-id-is-another-id': {
    title: 'The application ID is the same as the tenant ID.',
    explanation: 'The two fields hold the same value {clientId}. They are two different IDs on the same overview page.',
    remedy: [
      'Open the overview of your app registration.',
      'Copy “Application (client) ID”, not “Directory (tenant) ID” and not “Object ID”.',
    ],
  },
  'client-secret-is-id': {
    title: 'The client secret looks like a secret ID, not like its value.',
    explanation:
      'Entra shows two columns for a client secret: “Value” and “Secret ID”. Only the value can log in; the ID never does.',
    remedy: [
      'Open “Certificates & secrets” of the app registration.',
      'Create a new client secret, because the value of an old one is not shown again.',
      'Copy the column “Value” at once and paste it into the field.',
    ],
  },
  'client-certificate-unusable': {
    title: 'The certificate of the application cannot be used.',
    explanation:
      'The file gives no certificate with its private key: {reason}. So no token was requested for the application {clientId}.',
    remedy: [
      'Name a PEM file that holds the certificate and its private key, or a PFX file, and give its passphrase.',
      'Use an RSA key; Entra ID takes no other.',
    ],
  },
  'client-secret-missing': {
    title: 'The client secret is missing.',
    explanation:
      'Tenant ID and application ID are there. Without the client secret no token is issued for the application {clientId}.',
    remedy: [
      'Enter the value of a client secret of this application.',
      'If none is known, create one under “Certificates & secrets”.',
    ],
  },
  'credentials-missing': {
    title: 'The server wants a login, and neither a password nor a client secret is given.',
    explanation: 'Host: {host}. Login methods it offers: {offered}.',
    remedy: [
      'For Exchange Online, enter tenant ID, application ID and client secret.',
      'For an own Exchange Server, enter the password and, where it differs from the address, the user name.',
    ],
  },
  'tenant-must-be-named': {
    title: 'The directory (tenant) ID has to name one tenant.',
    explanation:
      '“common”, “organizations” and “consumers” stand for many tenants. An application that logs in by itself needs its own.',
    remedy: ['Copy “Directory (tenant) ID” from the overview of your app registration and paste it into the field.'],
  },
  'ews-url-malformed': {
    title: 'The EWS URL is not a web address.',
    explanation: 'Nothing was sent, because no server can be read from the field.',
    remedy: ['Enter the URL in the form https://mail.company.com/EWS/Exchange.asmx, or use “Get URL”.'],
  },

  'no-name-resolved': {
    title: 'No name could be resolved, not even {name}.',
    explanation:
      'The resolver of this computer knows none of the names that were asked. This is how it looks without a network, without the VPN, or in a network that resolves only its own names.',
    remedy: [
      'Check the network connection, and connect to the VPN where one is needed.',
      'Check which DNS server this computer uses.',
    ],
  },
  'mail-domain-not-found': {
    title: 'The mail domain {domain} does not exist in DNS.',
    explanation:
      'The name server knows no address and no mail server for this domain. Mostly the address has a typing mistake.',
    remedy: [
      'Check the part behind the “@”.',
      'If the domain exists only inside the company network, connect to it (VPN) and try again.',
    ],
  },
  'autodiscover-record-missing': {
    title: 'There is no DNS record for {host}.',
    explanation: 'Clients look for Exchange under this name first. The domain {domain} itself exists.',
    remedy: [
      'For Exchange Online, create a CNAME record {host} that points to autodiscover.outlook.com.',
      'For an own server, create a CNAME or address record {host} that points to it.',
    ],
  },
  'ews-host-not-found': {
    title: 'The host {host} has no address in DNS.',
    explanation:
      'Without an address no connection can be opened. The name is misspelt, or it exists only inside another network.',
    remedy: [
      'Check the host name in the URL.',
      'If the name is known only in the company network, connect to it (VPN) and try again.',
    ],
  },
  'dns-not-answering': {
    title: 'The DNS server did not answer the question for {name}.',
    explanation: 'It did not say that the name is missing; it said nothing usable ({code}). Resolver: {resolver}.',
    remedy: [
      'Check the network connection and the VPN.',
      'Check that the DNS server of this machine is reachable and answers for {name}.',
    ],
  },
  'split-dns-suspected': {
    title: 'Here {host} leads to the address {address}, which is none outside.',
    explanation:
      'So this network may resolve the name in another way than the internet does. No connection to that address came about. Address by another resolver: {outside}.',
    remedy: [
      'Inside the company network, check the record of {host} in the internal DNS and the route to {address}.',
      'Outside, or over VPN, check which DNS server this machine asks, and whether it is meant to answer with internal addresses.',
    ],
  },
  'ipv6-unreachable': {
    title: '{host} cannot be reached over IPv6.',
    explanation:
      'DNS names the IPv6 address {address}, and the connection to it failed ({code}). Each call loses time there, or fails when there is no other address.',
    remedy: ['Correct the IPv6 route or firewall to {address}, or remove the AAAA record of {host}.'],
  },
  'srv-record-unusual': {
    title: 'The SRV record {name} is unusual.',
    explanation: 'Clients expect one record with port 443 and a target in the mail domain. Found: {records}.',
    remedy: ['Check whether port, number of records and target are meant this way.'],
  },

  'connection-refused': {
    title: '{host} refused the connection on port {port}.',
    explanation: 'The machine {address} answered, but no service listens there, or a firewall refuses ({code}).',
    remedy: ['Check that the web service on {host} is running.', 'Check firewall and port forwarding for port {port}.'],
  },
  'connection-timed-out': {
    title: '{host} did not answer on port {port}.',
    explanation:
      'No connection to {address} came about within {seconds} s ({code}). Usually a firewall drops the packets, or the address is not reachable from here.',
    remedy: [
      'Allow connections from this machine to {host}, port {port}.',
      'If a VPN or proxy is needed to get there, connect or configure it.',
    ],
  },
  'server-silent': {
    title: '{host} accepted the connection and then said nothing.',
    explanation:
      'No usable answer came within {seconds} s. The service hangs, or something in front of it waits for it.',
    remedy: [
      'Check the state of IIS and of the application pool MSExchangeServicesAppPool on {host}.',
      'Check whether a load balancer waits for a server that is down.',
    ],
  },
  'connection-dropped': {
    title: '{host} broke off the connection before an answer came.',
    explanation: 'The connection ended in the middle ({code}). A firewall, a proxy or the server itself closed it.',
    remedy: [
      'Check firewalls, proxies and load balancers between this machine and {host}.',
      'Try again once; under heavy load some servers drop connections.',
    ],
  },
  'tls-handshake-reset': {
    title: 'The encrypted connection to {host} was not established.',
    explanation:
      'The handshake broke off ({code}). Possible reasons are a server that knows only old TLS versions, or a filter that does not let this host name pass.',
    remedy: ['Enable TLS 1.2 on {host}.', 'Check whether a firewall inspects or filters connections to {host}.'],
  },
  'tls-certificate-expired': {
    title: 'The certificate of {host} expired on {validTo}.',
    explanation: 'An expired certificate proves nothing, so no credentials are sent. Issued for {subject} by {issuer}.',
    remedy: [
      'Renew the certificate of {host} and assign it to IIS.',
      'Renew it on load balancers and proxies in front of the server as well.',
    ],
  },
  'tls-certificate-not-yet-valid': {
    title: 'The certificate of {host} begins only on {validFrom}.',
    explanation:
      'Either the certificate was installed too early, or the clock of this machine is slow. No credentials are sent.',
    remedy: [
      'Compare the date and time of this machine with a reliable clock.',
      'If they are right, assign a certificate to {host} that has begun.',
    ],
  },
  'tls-certificate-revoked': {
    title: 'The certificate of {host} was revoked by its issuer.',
    explanation: 'The issuer {issuer} has withdrawn it. No credentials are sent.',
    remedy: ['Replace the certificate of {host}.'],
  },
  'tls-name-mismatch': {
    title: 'The certificate of {host} is made out for other names.',
    explanation: 'It names {names}. So this may be another server, and no credentials are sent.',
    remedy: ['Use a host name that the certificate contains.', 'Or issue a certificate that contains {host}.'],
  },
  'tls-inspection': {
    title: 'The connection to {host} is opened and inspected on the way.',
    explanation:
      'The certificate comes from {issuer}, not from the owner of the host. That is how TLS inspection looks; NTLM with Extended Protection cannot work through it.',
    remedy: [
      'Exempt {host} from TLS inspection.',
      'Or install the inspecting CA on this machine, or name it as an additional CA.',
    ],
  },
  'tls-issuer-unknown': {
    title: 'The issuer of the certificate of {host} is not trusted here.',
    explanation:
      'The certificate comes from {issuer} ({code}). It is self-signed, from a company CA, or the server does not send its intermediate certificate.',
    remedy: [
      'If it is your company’s CA, install its certificate on this machine or add it as an additional CA.',
      'If the CA is public, have the intermediate certificate installed on {host}.',
      'Do not switch the check off: behind an unknown certificate there can be anyone.',
    ],
  },
  'tls-certificate-differs-behind-balancer': {
    title: '{host} shows another certificate than the one expected.',
    explanation:
      'Seen: {seen}. Expected: {expected}. It was issued for {subject} by {issuer}. With two certificates on the way, a login by NTLM or Negotiate with Extended Protection fails.',
    remedy: [
      'Look up which certificate IIS uses on the server.',
      'Use the same certificate on the load balancer and in IIS, or have the balancer pass TLS through.',
    ],
  },

  'proxy-login-required': {
    title: 'The proxy wants a login before it connects to {host}.',
    explanation: 'It answered {code}. The server behind it was not reached.',
    remedy: [
      'Exempt {host} from proxy authentication, or allow this machine to pass.',
      'Or enter a proxy with user name and password for this connection.',
    ],
  },
  'proxy-unreachable': {
    title: 'The configured proxy cannot be reached.',
    explanation: 'The connection to {host} was to go through a proxy that does not answer ({code}).',
    remedy: [
      'Check the proxy setting (--proxy, HTTPS_PROXY or the system setting).',
      'If no proxy is needed for {host}, add it to the exceptions.',
    ],
  },
  'captive-portal': {
    title: 'A portal answers in place of the servers.',
    explanation:
      'The same foreign page came from {hosts}, which have nothing to do with each other. It begins with “{text}”; target of its redirect: {redirect}. None of these hosts was really reached.',
    remedy: [
      'Open any web page in a browser and log in to the network, or connect to another one.',
      'If a web filter answers so, have these hosts exempted from it.',
    ],
  },
  'proxy-not-used': {
    title: 'The way in use does not lead to {host}, and another one does.',
    explanation: 'Used: {used}. A connection {other} stood at once; nothing was sent over it. The proxy is {proxy}.',
    remedy: [
      'Where the proxy has to be used, enter it (--proxy http://{proxy}).',
      'Where it must not be used, clear the setting or add {host} to the exceptions (--no-proxy).',
    ],
  },
  'gateway-answered': {
    title: 'Something in front of Exchange answered for {host}.',
    explanation:
      'The status is {status}, without any sign of Exchange. A gateway, a firewall or a proxy gave the answer; it calls itself: {via}.',
    remedy: [
      'Check the rules for /ews/ and /autodiscover/ on gateways, firewalls and proxies in front of {host}.',
      'Look for this request in their log.',
    ],
  },
  'token-endpoint-redirected': {
    title: 'The request for a token was redirected on its way to {host}.',
    explanation:
      'The login service takes such requests only directly (status {status}). Something on the way changes them, usually a proxy or a portal.',
    remedy: ['Let requests to {host} pass unchanged.'],
  },

  'clock-skew': {
    title: 'The clocks of this machine and of {host} differ by {minutes} min.',
    explanation:
      'Compared with {hosts}. With more than five minutes tokens, certificates and Kerberos look too early or expired.',
    remedy: [
      'Set date, time and time zone of this machine, best by NTP.',
      'If this machine is right, have the clock of {host} corrected.',
    ],
  },
  'token-not-yet-valid': {
    title: '{host} refused the token because it lies in the server’s future.',
    explanation: 'The token begins at {from}; by the server’s clock it is {serverTime}.',
    remedy: ['Correct the clock of {host}, best by NTP.', 'Then test again.'],
  },

  'works-in-browser-only': {
    title: 'A browser on this machine opens what this program does not reach.',
    explanation:
      'This program connected {used}. A browser may use another proxy, know other certificate authorities, fetch missing certificates by itself, or already be logged in at a gateway. Which of these makes the difference was not seen.',
    remedy: [
      'Look up in the browser which proxy it uses for {host}, and enter that one here.',
      'Compare the issuer of the certificate that the browser shows with the one in the evidence; add it as an additional CA if it is your company’s.',
      'Open the address in a private window: if a login page appears first, a gateway stands in front that programs cannot pass.',
    ],
  },
} as const satisfies Record<string, FindingWords>
