/**
 * The optional module `kerberos` (GSSAPI on Linux and macOS, SSPI on Windows), as far as it is used. It hands no channel binding to the
 * platform: both of its steps call it with none.
 */

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

// A variable, so that neither compiler nor bundler insists on a module that could not be built here.
const moduleName: string = 'kerberos'
let loaded: Promise<KerberosModule | null> | undefined

function isKerberosModule(value: unknown): value is KerberosModule {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'initializeClient') === 'function' &&
    typeof Reflect.get(value, 'GSS_MECH_OID_SPNEGO') === 'number'
  )
}

async function load(): Promise<KerberosModule | null> {
  try {
    const found: unknown = await import(/* @vite-ignore */ moduleName)
    const inner: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, 'default') : undefined
    return [found, inner].find(isKerberosModule) ?? null
  } catch {
    return null
  }
}

/** The module; null where it could not be built or loaded. */
export function kerberosModule(): Promise<KerberosModule | null> {
  return (loaded ??= load())
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
