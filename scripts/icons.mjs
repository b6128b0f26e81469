#!/usr/bin/env node
// npm run icons: the program's icons in build/, drawn by Chromium from build/icon.svg and, up to 48 points, build/icon-small.svg. What it writes is
// kept in the repository, so that packaging needs no browser. CHROME=/path, or the one that `npm test` has unpacked.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './build.mjs'
import { icnsFile, icnsSizes, icoFile } from './iconContainers.mjs'
import { launchChromium } from './chromium.mjs'

const place = join(root, 'build')
/** Up to this many points the simpler picture is the clearer one. */
const smallUpTo = 48
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512]
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256]
/** macOS wants air around the picture: the ground takes about four fifths of the width. */
const macViewBox = '-28 -28 568 568'

const large = await readFile(join(place, 'icon.svg'), 'utf8')
const small = await readFile(join(place, 'icon-small.svg'), 'utf8')
const withAir = large.replace(/viewBox="[^"]*"/, `viewBox="${macViewBox}"`)

const browser = await launchChromium()
try {
  const page = await browser.newPage()
  const draw = async (svg, size) => {
    const sized = svg.replace(/width="\d+" height="\d+"/, `width="${size}" height="${size}"`)
    const { png, rgba } = await page.evaluate(drawInPage, { svg: sized, size, pixels: size < 256 })
    return { size, png: Buffer.from(png.slice(png.indexOf(',') + 1), 'base64'), rgba: Uint8Array.from(rgba) }
  }
  const drawAll = async (sizes, picture) => {
    const images = []
    for (const size of sizes) images.push(await draw(picture(size), size))
    return images
  }
  const byDetail = (size) => (size <= smallUpTo ? small : large)
  await mkdir(join(place, 'icons'), { recursive: true })
  for (const { size, png } of await drawAll(linuxSizes, byDetail)) {
    await writeFile(join(place, 'icons', `${size}x${size}.png`), png)
  }
  await writeFile(join(place, 'icon.ico'), icoFile(await drawAll(windowsSizes, byDetail)))
  await writeFile(join(place, 'icon.icns'), icnsFile(await drawAll(icnsSizes, () => withAir)))
} finally {
  await browser.close()
}

/** Runs in the page. */
async function drawInPage({ svg, size, pixels }) {
  const image = new Image()
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0, size, size)
  return { png: canvas.toDataURL('image/png'), rgba: pixels ? [...context.getImageData(0, 0, size, size).data] : [] }
}
