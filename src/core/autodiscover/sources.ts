/**
 * The order of Autodiscover in one table: how much a source's answer counts. Lower is better. A better source that is still under
 * way gets a short grace, never its full time limit.
 */
export const rank = {
  /** Named by a service connection point of the organisation's own directory; the further ones follow closely. */
  connectionPoint: 2,
  /** Anonymous, in the mail domain. */
  autodiscoverJson: 10,
  domainJson: 20,
  /** Exchange in the mail domain that wants a login first. */
  autodiscoverLogin: 30,
  domainLogin: 35,
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

export type Rank = (typeof rank)[keyof typeof rank]
