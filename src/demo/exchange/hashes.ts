// MD4 (RFC 1320) and RC4, which NTLM needs and OpenSSL 3 no longer offers. For the demo's loopback only.

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

// The order in which each round reads the block, and how far it rotates.
const rounds = [
  { add: 0, shifts: [3, 7, 11, 19], order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] },
  { add: 0x5a827999, shifts: [3, 5, 9, 13], order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15] },
  { add: 0x6ed9eba1, shifts: [3, 9, 11, 15], order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15] },
] as const

const mix = (round: number, x: number, y: number, z: number): number => {
  if (round === 0) return (x & y) | (~x & z)
  if (round === 1) return (x & y) | (x & z) | (y & z)
  return x ^ y ^ z
}

/** MD4 of the message, 16 bytes. */
export function md4(message: Buffer): Buffer {
  const padded = Buffer.alloc(Math.ceil((message.length + 9) / 64) * 64)
  message.copy(padded)
  padded[message.length] = 0x80
  padded.writeUInt32LE((message.length << 3) >>> 0, padded.length - 8)
  padded.writeUInt32LE(message.length >>> 29, padded.length - 4)

  let [a, b, c, d] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476]
  for (let at = 0; at < padded.length; at += 64) {
    const before = [a, b, c, d] as const
    rounds.forEach(({ add, shifts, order }, round) => {
      order.forEach((word, step) => {
        const sum = (a + mix(round, b, c, d) + padded.readInt32LE(at + word * 4) + add) | 0
        const turned = rotate(sum, shifts[step % 4] ?? 0)
        ;[a, b, c, d] = [d, turned, b, c]
      })
    })
    a = (a + before[0]) | 0
    b = (b + before[1]) | 0
    c = (c + before[2]) | 0
    d = (d + before[3]) | 0
  }
  const out = Buffer.alloc(16)
  ;[a, b, c, d].forEach((word, index) => out.writeInt32LE(word, index * 4))
  return out
}

/** RC4 of the data under this key. */
export function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index)
  const at = (index: number): number => state[index & 255] ?? 0
  const swap = (one: number, two: number): void => {
    const kept = at(one)
    state[one & 255] = at(two)
    state[two & 255] = kept
  }
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255
    swap(i, j)
  }
  let i = 0
  let j = 0
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 255
      j = (j + at(i)) & 255
      swap(i, j)
      return byte ^ at(at(i) + at(j))
    }),
  )
}
