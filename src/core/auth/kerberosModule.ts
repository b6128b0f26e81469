/**
 * The optional module `kerberos` (GSSAPI on Linux and macOS, SSPI on Windows), as far as it is used. It hands no channel binding to the
 * platform: both of its steps call it with none.
 */
import { createRequire } from 'node:module'

/** It is optional, so its own types may be absent. */
export type KerberosModule = {
  GSS_MECH_OID_KRB5: number
  GSS_MECH_OID_SPNEGO: number
  GSS_C_MUTUAL_FLAG: number
  GSS_C_SEQUENCE_FLAG: number
  initializeClient(service: string, options: Record<string, unknown>): Promise<KerberosClient>
}
/** Tokens are base64. */
export type KerberosClient = {
  /** Known once the context stands. */
  username: string | null
  /** Under Windows it is true after the first step already. */
  contextComplete: boolean
  step(challenge: string): Promise<string | null>
  /** Removes and checks a protection. */
  unwrap(challenge: string): Promise<string | null>
  wrap(text: string, options?: { protect?: boolean }): Promise<string | null>
}

/** Where a bundle that is shipped without node_modules has it: put in at build time, as a path beside the bundle. */
declare const __EWS_SETUP_KERBEROS__: string | undefined

// A variable, so that neither compiler nor bundler insists on a module that could not be built here.
const moduleName = typeof __EWS_SETUP_KERBEROS__ === 'string' ? __EWS_SETUP_KERBEROS__ : 'kerberos'
let loaded: KerberosModule | null | undefined

function isKerberosModule(value: unknown): value is KerberosModule {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'initializeClient') === 'function' &&
    typeof Reflect.get(value, 'GSS_MECH_OID_SPNEGO') === 'number'
  )
}

function load(): KerberosModule | null {
  try {
    // Not by import(): in a packaged program Electron confines `require` to the program's own directory, so that a module that is absent is not
    // looked for up to the root of the drive.
    const found: unknown = createRequire(import.meta.url)(moduleName)
    return isKerberosModule(found) ? found : null
  } catch {
    return null
  }
}

/** The module; null where it could not be built or loaded. */
export function kerberosModule(): KerberosModule | null {
  return loaded === undefined ? (loaded = load()) : loaded
}

export function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}

/** Waits for the platform no longer than `signal` allows: what it is asked cannot be stopped, only left alone. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal, otherwise: T): Promise<T> {
  return new Promise((resolve) => {
    const stop = (): void => resolve(otherwise)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    void work.then((result) => {
      signal.removeEventListener('abort', stop)
      resolve(result)
    })
  })
}
