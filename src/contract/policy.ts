/** The numbers of the 401 policy, for a window that draws what it will do: no schema comes along. */
export {
  allowedFailures,
  defaultPolicy,
  policyBounds,
  timelineOf,
  waitMs,
  type Policy,
} from '../core/automation/policy.ts'
