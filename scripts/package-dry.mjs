#!/usr/bin/env node
// npm run package:dry: what `npm run package` would put together on Linux, around a stand-in for Electron's binary, in .cache/package-dry.
import { join } from 'node:path'
import { root } from './build.mjs'
import { dryPackage } from './dryPackage.mjs'

const { directory } = await dryPackage({ output: join(root, '.cache', 'package-dry') })
console.log(directory)
