/**
 * What reaches a window from outside it: a file that the operating system handed over, and wishes from the program's menu. A file is data
 * of strangers; a window gets its base name and content, never where it lies, and nothing of it is applied by arriving.
 */
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { limits } from '../core/limits.ts'

/** The sections of a window in the order of their tabs, which is that of the menu and its keys. */
export const sectionIds = [
  'basics',
  'connections',
  'registration',
  'addresses',
  'diagnosis',
  'transfer',
  'many',
] as const
export type SectionId = (typeof sectionIds)[number]

/** Where a file is shown: a configuration, a list or an Autodiscover answer with a URL as an import's preview, the rest as a diagnosis. */
export const fileSections = ['transfer', 'diagnosis'] as const
export type FileSection = (typeof fileSections)[number]

/** Why a file is not opened. */
export const fileRefusals = [
  /** `scheme:` of any kind; this program is registered for none. */
  'address',
  /** On another computer, or a device, as Windows names them. */
  'network-path',
  /** A folder, a device, a pipe, a link. */
  'not-a-file',
  /** An ending that none of our files has. */
  'ending',
  'missing',
  'unreadable',
  'too-large',
  'empty',
  /** Its content is nothing that this program reads. */
  'unknown',
] as const
export type FileRefusal = (typeof fileRefusals)[number]

/** The longest base name that is shown. */
const name = z.string().max(limits.fileNameCharacters)
const content = z.string().max(limits.diagnosisCallBytes)

export const arrivalSchema = z.discriminatedUnion('kind', [
  /** `content`: base64. `others`: files that came with it and were left, because one is shown at a time. */
  z.object({
    kind: z.literal('open-file'),
    name,
    section: z.enum(fileSections),
    content,
    others: z.number().int().nonnegative(),
  }),
  z.object({ kind: z.literal('file-refused'), name, reason: z.enum(fileRefusals) }),
  /** A file that the window wrote was not saved; what a person cancelled is told by nothing. */
  z.object({ kind: z.literal('not-saved'), name }),
  z.object({ kind: z.literal('section'), section: z.enum(sectionIds) }),
  z.object({ kind: z.literal('run'), command: z.enum(['locate', 'test', 'stop']) }),
  z.object({ kind: z.literal('about') }),
  z.object({ kind: z.literal('whats-new') }),
])
export type Arrival = z.infer<typeof arrivalSchema>

const recognitionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), section: z.enum(fileSections) }),
  z.object({ kind: z.literal('refused'), reason: z.enum(fileRefusals) }),
])
export type Recognition = z.infer<typeof recognitionSchema>

export const arrivalsContract = {
  /**
   * First what has arrived and was not settled, then what arrives. A window that is loaded anew gets again what the page before it had not
   * settled, and nothing else. Ends at once where nothing can arrive, as in the browser.
   */
  stream: oc.input(z.object({})).output(eventIterator(z.object({ id: z.number().int(), arrival: arrivalSchema }))),
  /** The window has shown it: it does not come again. */
  settle: oc.input(z.object({ id: z.number().int() })).output(z.object({})),
  /** Where a file belongs that a person dropped on the window, by its content in base64. Nothing is kept. */
  recognise: oc.input(z.object({ content })).output(recognitionSchema),
}
