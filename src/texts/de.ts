/** Every sentence in German. */
import type { Texts } from './en.ts'
import { arrivals } from './arrivals.de.ts'
import { automation } from './automation.de.ts'
import { dialog } from './dialog.de.ts'
import { explain } from './explain.de.ts'
import { findings } from './findings.de.ts'
import { run } from './run.de.ts'
import { terminal } from './terminal.de.ts'
import { transfer } from './transfer.de.ts'

export const de: Texts = { findings, run, terminal, dialog, explain, transfer, automation, arrivals }
