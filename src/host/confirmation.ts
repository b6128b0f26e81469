/** What a person is asked outside the window, so that no window can answer it: the host that has such a place brings a `Confirm`. */
import type { Destination, HeldKind } from './heldSecrets.ts'

export type Confirmation =
  /** Saved secrets would go where the stored profile does not send them. */
  | { kind: 'release'; profiles: readonly string[]; secrets: readonly HeldKind[]; destinations: readonly Destination[] }
  /** An import changes what decides where login data goes; each change as it is shown. */
  | { kind: 'import'; changes: readonly { profile: string; path: string; after: string | null }[] }
  /** All saved secrets of these profiles would leave, in a file whose key the window knows. */
  | { kind: 'export'; profiles: readonly string[] }

/** True: yes. Anything else, a dialog that was closed included, is a no. */
export type Confirm = (question: Confirmation) => Promise<boolean>
