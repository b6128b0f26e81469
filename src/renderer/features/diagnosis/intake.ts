/** What the window does with a text or a file before it hands it on: a token loses its signature, and nothing too large is read. */
import { diagnosisBytes } from '../../../contract/callLimits.ts'

/** A text longer than this is held and not shown: a field of that length makes every key slow. */
export const longestShown = 256 * 1024

/** A file that is chosen or dropped, or a paste that is too long for the field. */
export type Held = { name: string | null; bytes: Uint8Array }

export function isTooLarge(bytes: number): boolean {
  return bytes > diagnosisBytes
}

const signature = /(?<![\w-])(eyJ[\w-]+\.[\w-]+\.)[\w-]+/g
const wrappedToken = /^\s*(?:authorization:\s{0,4})?(?:bearer\s{1,4})?["']?eyJ[\w\s.-]+["']?\s*$/i

/** The text without the signatures of the tokens in it; what is left of a token shows its claims and logs nobody in. */
export function withoutSignatures(text: string): string {
  if (wrappedToken.test(text)) {
    // A token alone may be broken into lines anywhere.
    const second = text.indexOf('.', text.indexOf('.') + 1)
    return second < 0 ? text : text.slice(0, second + 1)
  }
  return text.replace(signature, '$1')
}

const block = 0x8000 - (0x8000 % 3)

/** Base64 of bytes, in blocks that fit into the arguments of a call. */
export function base64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += block) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + block))))
  }
  return parts.join('')
}
