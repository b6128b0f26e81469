/** What raw material can be, why it cannot be judged, and how evidence keeps it. */
export const shapes = [
  'http',
  'token-answer',
  'token-error',
  'jwt',
  'ews-xml',
  'autodiscover-xml',
  'autodiscover-json',
  'headers',
  'certificate',
  'several',
] as const
export type Shape = (typeof shapes)[number]

/** Why nothing could be judged. */
export const explainRefusals = ['tooLarge', 'newer', 'damaged', 'unknown'] as const
export type ExplainRefusal = (typeof explainRefusals)[number]

const firstStep = /^pasted:([a-z-]+)$/

/** The id of the first step of evidence that was made of material: it keeps the shape, so that saved evidence still says it. */
export function pastedStepId(shape: Shape, index: number): string {
  return index === 0 ? `pasted:${shape}` : `pasted:${shape}:${index + 1}`
}

/** The shape of the material that evidence was made of; null for the evidence of a run. */
export function shapeOfEvidence(evidence: { steps: readonly { id: string }[] }): Shape | null {
  const named = firstStep.exec(evidence.steps[0]?.id ?? '')?.[1]
  return shapes.find((shape) => shape === named) ?? null
}
