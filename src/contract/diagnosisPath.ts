/** What both ends have to know of the diagnosis besides its schemas; a window may import it, as it brings no schema library. */
import { limits } from '../core/limits.ts'

/** The procedure that takes more than others, as hosts see it in an address. */
export const diagnosisPath = 'diagnosis/explain'

/** Bytes that a diagnosis takes. A window refuses more before it reads a file. */
export const diagnosisBytes = limits.evidenceBytes
