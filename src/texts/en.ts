/** Every sentence in English. Its shape is what every language has to fill. */
import { arrivals } from './arrivals.en.ts'
import { automation } from './automation.en.ts'
import { dialog } from './dialog.en.ts'
import { explain } from './explain.en.ts'
import { findings } from './findings.en.ts'
import { run } from './run.en.ts'
import { terminal } from './terminal.en.ts'
import { transfer } from './transfer.en.ts'

export const en = { findings, run, terminal, dialog, explain, transfer, automation, arrivals }

/** All texts of one language. */
export type Texts = typeof en
