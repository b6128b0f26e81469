/**
 * The order of Autodiscover in one table: how much a source's answer counts. Lower is better. A better source that is still under
 * way gets a short grace, never its full time limit.
 */
export const rank = {
  /** Named by a service connection point of the organisation's own directory; the further ones follow closely. */
  connectionPoint: 2,
  /** The mail domain's own host for this purpose: anonymous, else Exchange that wants a login first. */
  autodiscoverJson: 10,
  autodiscoverLogin: 15,
  /** The mail domain itself, where mostly a web site lives. */
  domainJson: 20,
  domainLogin: 25,
  /** Named by the http redirect or by SRV, trusted host. */
  redirectJson: 40,
  redirectLogin: 45,
  serviceJson: 50,
  serviceLogin: 55,
  /** Exchange Online answers for addresses it does not know; DNS, a redirect or the admin's own OAuth settings speak for it. */
  cloudCorroborated: 60,
  /** Nothing speaks for it but that Entra knows the domain: only after everything else had its time. */
  cloudAlone: 80,
} as const

/**
 * When each question goes out, in ms after the first: all of them at once would only delay the answer that mostly comes first, and who has it
 * within a few ms need not ask Microsoft about the address at all.
 */
export const startsAfter = {
  autodiscover: 0,
  domain: 10,
  services: 40,
  redirect: 40,
  names: 40,
  cloud: 60,
  tenant: 60,
} as const

export type Rank = (typeof rank)[keyof typeof rank]
