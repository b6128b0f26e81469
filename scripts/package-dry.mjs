#!/usr/bin/env node
// npm run package:dry -- [DIRECTORY]: what `npm run package` would put together on Linux, around a stand-in for Electron's binary and without network; by
// default in .cache/package-dry. What the tools of the installers would be told goes into targets.json there.
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { root } from './build.mjs'
import { dryPackage } from './dryPackage.mjs'

const output = resolve(process.argv[2] ?? join(root, '.cache', 'package-dry'))
const { directory, options, missing } = await dryPackage({ output, targets: ['deb', 'AppImage'] })
await writeFile(join(output, 'targets.json'), JSON.stringify({ options, missing }, null, 2))
console.log(directory)
