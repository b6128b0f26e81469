/** Shapes of texts: whole sentences with `{placeholders}`, and the same shape for every language. */

/** A sentence, or two of them chosen by the fact `count`. */
export type Template = string | { readonly one: string; readonly other: string }

/** The words of one finding. */
export type FindingWords = {
  /** What happened, in one sentence. */
  readonly title: Template
  /** What it means here. */
  readonly explanation: Template
  /** What to do, step by step, addressed to the one who can do it. */
  readonly remedy: readonly Template[]
}
