/** Whether secrets can be kept beyond this process, and in which words that is refused. */
import { join } from 'node:path'
import { refuse, type Refused } from './refusal.ts'
import type { State } from './state.ts'
import type { Language } from '../contract/contract.ts'

/** Null when they can. */
export async function withoutPlace({ secretStore, directory }: State, language: Language): Promise<Refused | null> {
  const { kind, reason } = await secretStore.state()
  if (kind !== 'memory') return null
  const file = join(directory, 'secrets.age')
  if (reason === 'file-wrong-key') return refuse('wrongKey', language, { file })
  if (reason === 'file-damaged') return refuse('damagedFile', language, { file })
  return refuse('noKeyring', language)
}
