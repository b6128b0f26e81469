#!/usr/bin/env node
/** Entry of the command line. The version is answered before anything is loaded. */
import { version } from '../host/version.ts'

if (process.argv[2] === '--version' || process.argv[2] === '-V') process.stdout.write(`${version}\n`)
else void import('./program.ts').then(({ main }) => main(process.argv.slice(2)))
