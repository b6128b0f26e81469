/** A small picture for the tray, made here so that no file has to be found: a dot when all is well, a ring when nothing is called, a square when somebody is needed. */
import { crc32, deflateSync } from 'node:zlib'

export type TrayTone = 'good' | 'idle' | 'attention'

const size = 32

const colours: Record<TrayTone, readonly [number, number, number]> = {
  good: [38, 150, 84],
  idle: [125, 132, 141],
  attention: [205, 60, 45],
}

/** PNG of 32 × 32 points with a transparent ground. */
export function iconPng(tone: TrayTone): Buffer {
  const rows = Array.from({ length: size }, (_row, y) =>
    Buffer.from([0, ...Array.from({ length: size }, (_point, x) => pointOf(tone, x, y)).flat()]),
  )
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  // Eight bits of red, green, blue and opacity each.
  head.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function pointOf(tone: TrayTone, x: number, y: number): number[] {
  const dx = x - size / 2 + 0.5
  const dy = y - size / 2 + 0.5
  const distance = Math.hypot(dx, dy)
  const isIn =
    tone === 'attention'
      ? Math.max(Math.abs(dx), Math.abs(dy)) < 11
      : distance < 13 && (tone === 'good' || distance > 8)
  return isIn ? [...colours[tone], 255] : [0, 0, 0, 0]
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
