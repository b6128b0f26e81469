/** What a window sends: defaults with some fields filled in. */
import { draftSchema, type Draft } from '../../src/contract/contract.ts'

export function draft(fields: Partial<Draft> = {}): Draft {
  return draftSchema.parse(fields)
}
