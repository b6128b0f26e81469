/** What the double does not model is refused aloud: on stderr, where tests look for it, and as an error. */
export const refusalMark = '[electron-double] not modelled:'

export function refuse(what: string): Error {
  process.stderr.write(`${refusalMark} ${what}\n`)
  return new Error(`${refusalMark} ${what}`)
}
