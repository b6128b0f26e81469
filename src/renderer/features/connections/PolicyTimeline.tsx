/** What a policy does when every call is refused, drawn: calls on a line of time, the last one ends them. The same in words for whoever does not see it. */
import { allowedFailures, timelineOf, type Policy } from '../../../contract/policy.ts'
import { useWords } from '../../words.ts'

const width = 320
const left = 14
const right = 40
const line = 22

/** `0:05`, hours and minutes. */
function clockOf(minutes: number): string {
  const whole = Math.round(minutes)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

export function PolicyTimeline({ policy }: { policy: Policy }) {
  const { automation, fill, language } = useWords()
  const texts = automation.policy
  const attempts = timelineOf(policy)
  const last = attempts.at(-1) ?? 0
  const times = new Intl.ListFormat(language === 'de' ? 'de-DE' : 'en-GB').format(attempts.map(clockOf))
  const words =
    allowedFailures(policy) === 1
      ? texts.timelineAtOnce
      : fill(texts.timelineWords, { times, count: allowedFailures(policy) })
  // The first waits are short beside the last one: a root of time keeps them apart.
  const at = (minutes: number): number =>
    last === 0 ? left : left + Math.sqrt(minutes / last) * (width - left - right - 20)
  const end = at(last)
  return (
    <figure className="timeline">
      <figcaption className="timeline-title">{texts.timeline}</figcaption>
      <svg viewBox={`0 0 ${width} 58`} role="img" aria-label={words} className="timeline-picture">
        <line x1={left} x2={end} y1={line} y2={line} className="timeline-way" />
        <line x1={end} x2={width - 4} y1={line} y2={line} className="timeline-rest" />
        {attempts.map((minutes, index) => (
          <g key={minutes}>
            {index === attempts.length - 1 ? (
              <rect x={at(minutes) - 5} y={line - 5} width="10" height="10" className="timeline-end" />
            ) : (
              <circle cx={at(minutes)} cy={line} r="5" className="timeline-call" />
            )}
            <text
              x={at(minutes)}
              y={index % 2 === 0 ? line + 20 : line - 11}
              textAnchor="middle"
              className="timeline-time"
            >
              {clockOf(minutes)}
            </text>
          </g>
        ))}
        <text x={width - 4} y={line + 34} textAnchor="end" className="timeline-word">
          {texts.inactive}
        </text>
      </svg>
      <p className="hint" aria-hidden="true">
        {words}
      </p>
    </figure>
  )
}
