/** Every limit of a run in one place. Times are milliseconds, sizes are bytes. */
export const limits = {
  /** Default budget of a whole run; `--timeout` changes it within the two bounds below. */
  runMs: 60_000,
  shortestRunMs: 1_000,
  longestRunMs: 600_000,
  /** One request, from the first DNS question to the last byte of the answer. */
  requestMs: 15_000,
  /** The question to another cloud, whether it knows the tenant: asked beside, so a blocked host may not cost much. */
  otherCloudMs: 4_000,
  /** One DNS question. */
  dnsMs: 5_000,
  /** TCP connect, and the TLS handshake after it. */
  connectMs: 8_000,
  /** How long the operating system may take to give a Kerberos ticket for a host. */
  ticketMs: 8_000,
  /** A kept token is not used in the last part of its life. */
  tokenSpareMs: 5 * 60_000,
  /** A client certificate's file. */
  certificateBytes: 256 * 1024,
  /** How long the system may think about which proxy to take, and how many of its proposals are tried. */
  systemProxyMs: 5_000,
  proxyRoutes: 4,
  /** One question to a directory; its entries, and the bytes of all its answers. */
  ldapMs: 5_000,
  ldapEntries: 500,
  ldapBytes: 4 * 1024 * 1024,
  /** Domain controllers of the machine's own domain that are asked, one after the other. */
  domainControllers: 2,
  /** Service connection points that are followed. */
  scpTargets: 4,
  /** How long addresses of one family wait for those of the other (RFC 8305 section 3). */
  resolutionDelayMs: 50,
  /** How long an address family has before the other one is tried as well (RFC 8305 recommends 250). */
  happyEyeballsMs: 250,
  /** A usable answer waits this long for a better-ranked candidate that is still running: at least, and at most. */
  graceShortestMs: 120,
  graceLongestMs: 450,
  /** A cloud that answers for any address waits this long for the mail domain's own hosts, unless something else speaks for the cloud. */
  graceUncorroboratedMs: 3_000,
  /** Mail domains whose last result shortens the next search. */
  rememberedDomains: 100,
  /** Hops of Autodiscover redirects in one run, of any kind. */
  redirects: 10,
  /** An answer's body as sent, and after decompression. */
  bodyBytes: 4 * 1024 * 1024,
  /** Response headers. */
  headerBytes: 64 * 1024,
  /** How much of a body that is neither XML nor JSON goes into evidence. */
  bodyHeadCharacters: 300,
  xmlDepth: 64,
  xmlElements: 50_000,
  xmlAttributes: 64,
  xmlTextCharacters: 2 * 1024 * 1024,
  /** A header value in evidence. */
  headerValueCharacters: 2_000,
  /** SRV records that are followed. */
  srvTargets: 4,
  /** A text typed or pasted into a field. */
  fieldCharacters: 4_000,
  /** Remarks and log entries of an address. */
  addressRemarkCharacters: 20_000,
  addressContactPersons: 50,
  addressLogEntries: 1_000,
  addressFreeFields: 50,
  /** Addresses in the address base, and in one file that is read. */
  addresses: 200_000,
  /** A CSV or vCard file of addresses. */
  addressFileBytes: 100 * 1024 * 1024,
  /** The same as base64 in a message of a window: larger files go through the terminal. */
  addressUploadCharacters: 12 * 1024 * 1024,
  addressCallBytes: 12 * 1024 * 1024 + 64 * 1024,
  /** Refused records that a window is told of. */
  addressRefusalsShown: 100,
  /** Contacts read from a mailbox, at most, and in one page. */
  contactsRead: 5_000,
  contactsPage: 200,
  /** Contacts written in one EWS call. */
  contactsBatch: 50,
  /** A value that Exchange takes for a contact field (an indexed string property holds 255 characters). */
  contactFieldCharacters: 255,
  /** A file of saved evidence. */
  evidenceBytes: 20 * 1024 * 1024,
  /** A call of a window; and the one that carries such a file, in base64 with the little around it. */
  callBytes: 1024 * 1024,
  diagnosisCallBytes: 4 * Math.ceil((20 * 1024 * 1024) / 3) + 64 * 1024,
  /** Steps and observations of saved evidence: many times what a run makes, few enough to judge at once. */
  evidenceSteps: 1_000,
  evidenceObservations: 1_000,
  /** Raw material that is pasted or piped in. */
  pastedBytes: 1024 * 1024,
  /** Answers, and certificates, that are read from one paste. */
  pastedParts: 20,
  /** A configuration file, before and after it was opened. */
  configurationBytes: 16 * 1024 * 1024,
  /** The same handed over by a window, whose messages are smaller. */
  windowFileBytes: 700 * 1024,
  /** A list of mailboxes as CSV. */
  csvBytes: 8 * 1024 * 1024,
  csvRows: 20_000,
  profileNameCharacters: 200,
  /** Each of the two files of the desktop program's log. */
  logBytes: 1024 * 1024,
  /** A file that another program handed over: its path, the base name that is shown, and how many are looked at and wait for a window. */
  filePathCharacters: 4_096,
  fileNameCharacters: 120,
  filesHandedOver: 16,
  arrivalsWaiting: 8,
  /** Many at once: runs side by side unless asked otherwise, the most that can be asked for, and the most at one host. */
  parallel: 8,
  parallelMost: 64,
  parallelPerHost: 2,
  /** scrypt cost as a power of two: of a file that leaves the machine (as `age` itself takes), and of the store that stays. */
  exportWorkFactor: 18,
  storeWorkFactor: 15,
  /** Connections of one configuration. */
  connections: 2_000,
  /** Automatic calls at a time to one host. */
  callsPerHost: 10,
  /** Two automatic calls to one host begin at most this far apart, however few connections share it. */
  callGapMs: 2_000,
  /** How far an interval is stretched or shortened, so that calls do not keep step. */
  callJitter: 0.1,
  /** A busy server that names no time, and the least and most that is believed of one that does. */
  restMs: 60_000,
  shortestRestMs: 1_000,
  longestRestMs: 3_600_000,
  /** The longest wait between calls that get no answer, and between those that Exchange answers with a no. */
  unreachableMs: 3_600_000,
  deniedMs: 6 * 3_600_000,
  /** Lines that a connection keeps of what happened. */
  automationHistory: 24,
  /** How long an account's refusals are remembered when nothing uses it any more. */
  automationForgetMs: 7 * 24 * 3_600_000,
  /** The file that an update check asks for, and how often a start may ask. */
  updateBytes: 16 * 1024,
  updateEveryMs: 24 * 3_600_000,
  /** After a no outside the window, nothing of the window is asked again for so long. */
  quietAfterNoMs: 10_000,
  /** A file of mailboxes to import. */
  mailboxFileBytes: 1024 * 1024,
} as const

/** The limits that a run waits out where nothing answers. */
export type Waits = { readonly [K in 'dnsMs' | 'connectMs' | 'requestMs']: number }

/** The waits of a run: never longer than the limits, however a host sets them. */
export function waitsOf(shorter: Partial<Waits> = {}): Waits {
  const { dnsMs, connectMs, requestMs } = { ...limits, ...shorter }
  return {
    dnsMs: Math.min(dnsMs, limits.dnsMs),
    connectMs: Math.min(connectMs, limits.connectMs),
    requestMs: Math.min(requestMs, limits.requestMs),
  }
}
