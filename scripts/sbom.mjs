#!/usr/bin/env node
// npm run sbom: the bill of materials of what ships, CycloneDX, in out/. It is written with each build, from what the bundlers told.
import { build } from './build.mjs'

await build()
console.log('out/sbom.cdx.json')
