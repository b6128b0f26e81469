/** MD4 (RFC 1320). NTLM needs it for the password's hash, and today's OpenSSL no longer offers it. Good for nothing else. */

const rounds: readonly { add: number; order: readonly number[]; shifts: readonly [number, number, number, number] }[] =
  [
    { add: 0, order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], shifts: [3, 7, 11, 19] },
    { add: 0x5a827999, order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15], shifts: [3, 5, 9, 13] },
    { add: 0x6ed9eba1, order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15], shifts: [3, 9, 11, 15] },
  ]

/** The 16-byte digest of `message`. */
export function md4(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array((((message.length + 8) >> 6) + 1) * 64)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - 8, BigInt(message.length) * 8n, true)

  let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let block = 0; block < padded.length; block += 64) {
    const before = [a, b, c, d] as const
    for (const [round, { add, order, shifts }] of rounds.entries()) {
      for (const [step, word] of order.entries()) {
        const mixed = round === 0 ? (b & c) | (~b & d) : round === 1 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d
        const sum = (a + mixed + view.getUint32(block + word * 4, true) + add) | 0
        const shift = shifts[(step & 3) as 0 | 1 | 2 | 3]
        ;[a, b, c, d] = [d, (sum << shift) | (sum >>> (32 - shift)), b, c]
      }
    }
    ;[a, b, c, d] = [(a + before[0]) | 0, (b + before[1]) | 0, (c + before[2]) | 0, (d + before[3]) | 0]
  }

  const digest = new DataView(new ArrayBuffer(16))
  for (const [index, word] of [a, b, c, d].entries()) digest.setInt32(index * 4, word, true)
  return new Uint8Array(digest.buffer)
}
