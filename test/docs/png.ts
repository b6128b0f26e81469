/** Pictures as PNG files (ISO/IEC 15948): read as the browser writes them, written small with a palette, compared pixel by pixel. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** Three bytes a pixel, row by row. */
export type Picture = { width: number; height: number; rgb: Uint8Array }

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** Reads 8-bit RGB, RGBA and palette pictures without interlace; alpha is left out. Throws for others. */
export function readPng(bytes: Uint8Array): Picture {
  const file = Buffer.from(bytes)
  if (!file.subarray(0, 8).equals(signature)) throw new Error('not a PNG file')
  const chunks = chunksOf(file)
  const header = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13)
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  const kind = header[9] ?? -1
  const channels = { 2: 3, 3: 1, 6: 4 }[kind]
  if (channels === undefined || header[8] !== 8 || header[12] !== 0)
    throw new Error('a kind of PNG that is not read here')
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
  const samples = unfiltered(inflateSync(packed), { width, height, channels })
  const palette = chunks.find(({ type }) => type === 'PLTE')?.data
  const rgb = new Uint8Array(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel += 1)
    for (let part = 0; part < 3; part += 1) {
      const sample = samples[pixel * channels + (palette === undefined ? part : 0)] ?? 0
      rgb[pixel * 3 + part] = palette === undefined ? sample : (palette[sample * 3 + part] ?? 0)
    }
  return { width, height, rgb }
}

function chunksOf(file: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = []
  for (let at = 8; at + 8 <= file.length;) {
    const length = file.readUInt32BE(at)
    chunks.push({ type: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

function unfiltered(raw: Buffer, o: { width: number; height: number; channels: number }): Uint8Array {
  const stride = o.width * o.channels
  const out = new Uint8Array(stride * o.height)
  for (let y = 0; y < o.height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x < o.channels ? 0 : (out[at - o.channels] ?? 0)
      const up = y === 0 ? 0 : (out[at - stride] ?? 0)
      const corner = y === 0 || x < o.channels ? 0 : (out[at - stride - o.channels] ?? 0)
      out[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess(filter, left, up, corner)
    }
  }
  return out
}

function guess(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const estimate = left + up - corner
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(estimate - value))
  return (a ?? 0) <= (b ?? 0) && (a ?? 0) <= (c ?? 0) ? left : (b ?? 0) <= (c ?? 0) ? up : corner
}

/** With a palette of at most 256 colours: exact where there are no more, else with like colours made one. */
export function writePng({ width, height, rgb }: Picture): Buffer {
  const { palette, index } = paletteOf(rgb)
  const raw = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) raw[y * (width + 1) + 1 + x] = index.get(colourAt(rgb, y * width + x)) ?? 0
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const parts = [chunk('IHDR', header), chunk('PLTE', colours), chunk('IDAT', deflateSync(raw, { level: 9 }))]
  return Buffer.concat([signature, ...parts, chunk('IEND', Buffer.alloc(0))])
}

/** Like colours share the one that most pixels of them have, so that flat areas keep theirs and rare hues keep a place. */
function paletteOf(rgb: Uint8Array): { palette: number[]; index: Map<number, number> } {
  const uses = new Map<number, number>()
  for (let pixel = 0; pixel < rgb.length / 3; pixel += 1) {
    const colour = colourAt(rgb, pixel)
    uses.set(colour, (uses.get(colour) ?? 0) + 1)
  }
  const ranked = [...uses].toSorted(([one, n], [other, m]) => m - n || one - other).map(([colour]) => colour)
  for (let lost = 0; lost < 8; lost += 1) {
    const places = new Map<number, number>()
    const palette: number[] = []
    const index = new Map<number, number>()
    for (const colour of ranked) {
      const like = alike(colour, lost)
      const place = places.get(like) ?? palette.length
      if (place === palette.length) palette.push(colour)
      places.set(like, place)
      index.set(colour, place)
    }
    if (palette.length <= 256) return { palette, index }
  }
  throw new Error('every picture fits into 256 colours of one bit a channel')
}

/** The colour with the lowest bits of each channel left out. */
const alike = (colour: number, lost: number): number => {
  const kept = (255 >> lost) << lost
  return colour & ((kept << 16) | (kept << 8) | kept)
}

const colourAt = (rgb: Uint8Array, pixel: number): number =>
  ((rgb[pixel * 3] ?? 0) << 16) | ((rgb[pixel * 3 + 1] ?? 0) << 8) | (rgb[pixel * 3 + 2] ?? 0)

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** Share of the pixels that differ visibly, 0 to 1; 1 where the sizes differ. */
export function difference(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return 1
  let differing = 0
  const pixels = one.width * one.height
  for (let at = 0; at < pixels * 3; at += 3) {
    const parts = [0, 1, 2].map((part) => Math.abs((one.rgb[at + part] ?? 0) - (other.rgb[at + part] ?? 0)))
    if (Math.max(...parts) > 24) differing += 1
  }
  return differing / pixels
}
