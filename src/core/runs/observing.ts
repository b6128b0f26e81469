/** Records, and keeps what was recorded at hand for the line of the step. */
import type { Observation } from '../evidence/schema.ts'
import type { Recorder } from '../network/network.ts'

export function observing(record: Recorder): { record: Recorder; observations: Observation[] } {
  const observations: Observation[] = []
  return {
    observations,
    record(observation) {
      observations.push(observation)
      record(observation)
    },
  }
}
