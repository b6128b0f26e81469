/** The code of a platform error, such as ECONNREFUSED or CERT_HAS_EXPIRED; null for whatever carries none. */
export function errorCode(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null
}
