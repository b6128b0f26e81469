/** Whose root a trusted chain ends at: that tells a certificate of the internet from one that a proxy made on the way. */
import tls from 'node:tls'
import type { ObservationOf } from '../evidence/schema.ts'

type Anchor = ObservationOf<'tls'>['anchor']

/** Takes a trusted chain in DER, the leaf first. */
export type AnchorOf = (chain: readonly Buffer[]) => Anchor

/** `systemCas` are read only for a root that neither Node nor the admin brought. */
export function createAnchors(o: { systemCas: () => readonly string[]; extraCa: string }): AnchorOf {
  const publicRoots = bodiesOf(() => tls.rootCertificates)
  const named = bodiesOf(() => [o.extraCa])
  const system = bodiesOf(o.systemCas)
  return (chain) => {
    const root = chain.at(-1)?.toString('base64')
    if (root === undefined) return null
    if (publicRoots().includes(root)) return 'public'
    // Named first: a CA that the admin gave for this run says more than that the platform has it too.
    if (named().includes(root)) return 'named'
    return system().includes(root) ? 'system' : null
  }
}

/** All certificates of PEM texts as one text without blanks, made at first need. */
function bodiesOf(pems: () => readonly string[]): () => string {
  let bodies: string | undefined
  return () => (bodies ??= pems().join('').replace(/\s+/g, ''))
}
