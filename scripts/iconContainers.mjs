// The two containers that icons travel in. Windows: classic bitmaps for small sizes, because installers read them too, and PNG for 256 points.
// macOS: PNG throughout.

/** An ICO file. `images`: `{ size, png, rgba }`, with `rgba` as bytes in rows from the top; 256 points is the largest there is. */
export function icoFile(images) {
  const bodies = images.map(({ size, png, rgba }) => (size < 256 ? bitmap(size, rgba) : png))
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  for (const [index, { size }] of images.entries()) {
    const entry = 6 + 16 * index
    // A byte each, where 0 stands for 256.
    head.set([size % 256, size % 256], entry)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(bodies[index].length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += bodies[index].length
  }
  return Buffer.concat([head, ...bodies])
}

/** BITMAPINFOHEADER, rows from the bottom in blue, green, red, opacity, then the mask that opacity has made meaningless. */
function bitmap(size, rgba) {
  const maskRow = Math.ceil(size / 32) * 4
  const bytes = Buffer.alloc(40 + size * size * 4 + size * maskRow)
  bytes.writeUInt32LE(40, 0)
  bytes.writeInt32LE(size, 4)
  // Twice the height: picture and mask.
  bytes.writeInt32LE(size * 2, 8)
  bytes.writeUInt16LE(1, 12)
  bytes.writeUInt16LE(32, 14)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = ((size - 1 - y) * size + x) * 4
      bytes.set([rgba[from + 2], rgba[from + 1], rgba[from], rgba[from + 3]], 40 + (y * size + x) * 4)
    }
  }
  return bytes
}

/** Type codes by points; 32 and 64 serve 16 and 32 points on displays of double density, and are scaled down on others. */
const icnsTypes = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}

export const icnsSizes = Object.keys(icnsTypes).map(Number)

/** An ICNS file of PNGs: `{ size, png }` with sizes of `icnsSizes`. */
export function icnsFile(images) {
  const parts = images.flatMap(({ size, png }) =>
    icnsTypes[size].map((type) => {
      const head = Buffer.alloc(8)
      head.write(type, 0, 'latin1')
      head.writeUInt32BE(png.length + 8, 4)
      return Buffer.concat([head, png])
    }),
  )
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.write('icns', 0, 'latin1')
  head.writeUInt32BE(body.length + 8, 4)
  return Buffer.concat([head, body])
}
