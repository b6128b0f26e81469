/** Row C7: the end of EWS in Exchange Online. Shown wherever Exchange Online is involved, and nowhere else. */
import type { OnlineState } from '../../../contract/guide.ts'
import { endOfEwsOnline, retirementDates } from '../../../contract/retirement.ts'
import { useGuideWords } from './guideWords.ts'

export function RetirementCard({ days, online }: { days: number; online: OnlineState | null }) {
  const { guide, fill, count, date } = useGuideWords()
  const { retirement } = guide
  const known = retirement.states[online?.state ?? 'none']
  const facts = { date: online === null ? null : date(online.at), title: guide.steps.entries['allow-list'].title }
  return (
    <section className="group retirement" aria-labelledby="retirement-title">
      <div className="retirement-head">
        <h2 id="retirement-title">{fill(retirement.title, { date: date(endOfEwsOnline) })}</h2>
        <strong className="retirement-days">{days > 0 ? count(retirement.days, days) : retirement.over}</strong>
      </div>
      <h3>{retirement.known}</h3>
      <p>{fill(known, facts)}</p>
      <h3>{retirement.until}</h3>
      <ul>
        {retirement.untilList.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <h3>{retirement.after}</h3>
      <ul>
        {retirement.afterList.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <details className="fold">
        <summary>{retirement.dates}</summary>
        <table className="dates">
          <thead>
            <tr>
              <th scope="col">{retirement.day}</th>
              <th scope="col">{retirement.what}</th>
              <th scope="col">{retirement.source}</th>
            </tr>
          </thead>
          <tbody>
            {retirementDates.map(({ id, day, source }) => (
              <tr key={id}>
                <td>{date(day)}</td>
                <td>{retirement.events[id]}</td>
                <td lang="en">{source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
