/** The thumbprint of a certificate, as people copy it: with colons, blanks or nothing between the digits, in either case. */

/** Upper-case hex with colons: 32 bytes for SHA-256, 20 for SHA-1, the form that IIS and the Exchange shell show. null: neither. */
export function parseThumbprint(text: string): string | null {
  // Windows' certificate dialog puts an invisible mark before the first digit.
  const digits = text
    .trim()
    .replace(/^sha-?(1|256)[\s:=]+/i, '')
    .replace(/[\s:\-\u200e\u200b\ufeff]/g, '')
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(digits)) return null
  return (digits.toUpperCase().match(/../g) ?? []).join(':')
}
