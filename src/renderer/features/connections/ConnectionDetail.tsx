/** One connection: its state and reason, what can be done about it, and what really happened. */
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import type { ConnectionRow, HappeningRow } from '../../../contract/connections.ts'
import type { Finding } from '../../../contract/contract.ts'
import { useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'
import { FindingHelp } from '../run/FindingHelp.tsx'
import { History } from './History.tsx'
import { PolicyTimeline } from './PolicyTimeline.tsx'
import { lookOf, nextWords, ownReason, stateLine } from './state.ts'
import type { ConnectionList } from './useConnections.ts'

/** `kept`: asked whether to remove it, the person kept it. */
type Doing = 'nothing' | 'activating' | 'removing' | 'kept'

export function ConnectionDetail(props: {
  row: ConnectionRow
  list: ConnectionList
  refresh: () => Promise<void>
  onEdit: () => void
  onRemoved: () => void
}) {
  const { row, list, refresh, onEdit, onRemoved } = props
  const client = useClient()
  const announce = useAnnounce()
  const words = useWords()
  const { automation, fill, moment } = words
  const texts = automation.connections
  const [doing, setDoing] = useState<Doing>('nothing')
  /** What the last test said, where it did not work. */
  const [tested, setTested] = useState<Finding | null>(null)
  const [message, setMessage] = useState<{ good: boolean; text: string } | null>(null)
  const happenings = useHistory(row)
  const { tone, icon } = lookOf(row)
  const finding = tested ?? (['active', 'new', 'off'].includes(row.state) ? null : row.finding)

  const say = (good: boolean, text: string) => {
    setMessage({ good, text })
    announce(text)
  }
  const activate = async () => {
    setDoing('activating')
    setMessage(null)
    try {
      const answer = await client.connections.activate({ id: row.id })
      setTested(answer.finding)
      say(answer.ok, fill(answer.ok ? texts.activated : texts.notActivated, { mailbox: row.mailbox }))
      await refresh()
    } catch {
      say(false, texts.failed)
    }
    setDoing('nothing')
  }
  const hurry = async () => {
    try {
      await client.connections.hurry({ id: row.id })
      say(true, texts.hurried)
      await refresh()
    } catch {
      say(false, texts.failed)
    }
  }
  const remove = async () => {
    try {
      await client.connections.remove({ ids: [row.id] })
      onRemoved()
    } catch {
      setDoing('nothing')
      say(false, texts.failed)
    }
  }
  const isWaiting = ['waiting', 'unreachable', 'denied', 'unready', 'busy', 'active'].includes(row.state)
  const mayActivate = ['inactive', 'waiting', 'off', 'denied', 'unready'].includes(row.state)

  return (
    <div className="detail">
      <div className={`state-card tone-${tone}`}>
        <span className="badge">
          <Icon name={icon} />
          {automation.states[row.state]}
        </span>
        <p>{stateLine(words, row)}</p>
        <dl className="detail-facts">
          <div>
            <dt>{texts.columns.lastSuccess}</dt>
            <dd>{row.lastSuccessAt === null ? texts.never : moment(row.lastSuccessAt)}</dd>
          </div>
          <div>
            <dt>{texts.columns.next}</dt>
            <dd>{nextWords(words, row)}</dd>
          </div>
          {row.userName !== '' && (
            <div>
              <dt>{texts.form.userName}</dt>
              <dd>{row.userName}</dd>
            </div>
          )}
        </dl>
        <div className="bar">
          {mayActivate && (
            <Button
              className="button primary"
              isDisabled={doing === 'activating'}
              aria-describedby="activate-hint"
              onPress={() => void activate()}
            >
              {doing === 'activating' ? texts.activating : texts.activate}
            </Button>
          )}
          {isWaiting && (
            <Button
              className="button"
              isDisabled={!row.mayHurry}
              aria-describedby="hurry-hint"
              onPress={() => void hurry()}
            >
              {texts.hurry}
            </Button>
          )}
          <Button className="button" onPress={onEdit}>
            {texts.edit}
          </Button>
          {doing === 'removing' ? (
            <>
              <span>{texts.removeAsk}</span>
              <Button className="button" autoFocus onPress={() => setDoing('kept')}>
                {texts.removeNo}
              </Button>
              <Button className="button danger" onPress={() => void remove()}>
                {texts.remove}
              </Button>
            </>
          ) : (
            <Button className="button" autoFocus={doing === 'kept'} onPress={() => setDoing('removing')}>
              {texts.remove}
            </Button>
          )}
        </div>
        {mayActivate && (
          <p id="activate-hint" className="hint">
            {texts.activateHint}
          </p>
        )}
        {isWaiting && (
          <p id="hurry-hint" className="hint">
            {row.mayHurry ? texts.hurryHint : texts.hurryUsed}
          </p>
        )}
        {message !== null && (
          <p className={message.good ? 'save-line good' : 'save-line bad'}>
            <Icon name={message.good ? 'check' : 'cross'} />
            {message.text}
          </p>
        )}
      </div>
      {finding !== null && <Reason finding={finding} />}
      <section className="sheet" aria-labelledby="detail-policy">
        <h3 id="detail-policy">{row.policy === null ? texts.policyInherited : texts.policyOwn}</h3>
        <PolicyTimeline policy={row.policy ?? list.policy} />
      </section>
      <section className="sheet" aria-labelledby="detail-history">
        <h3 id="detail-history">{texts.history}</h3>
        <History happenings={happenings} />
      </section>
    </div>
  )
}

/** What happened, asked anew whenever the list brings its row anew. */
function useHistory(row: ConnectionRow): readonly HappeningRow[] {
  const client = useClient()
  const [happenings, setHappenings] = useState<readonly HappeningRow[]>([])
  useEffect(() => {
    let stale = false
    client.connections.history({ id: row.id }).then(
      (answer) => stale || setHappenings(answer.happenings),
      // The next change of the list asks again.
      () => undefined,
    )
    return () => {
      stale = true
    }
  }, [client, row])
  return happenings
}

function Reason({ finding }: { finding: Finding }) {
  const { automation, finding: wordsOf } = useWords()
  const texts = automation.connections
  const own = ownReason(automation, finding.id)
  if (own !== null)
    return (
      <section className="sheet" aria-labelledby="detail-reason">
        <h3 id="detail-reason">{texts.reason}</h3>
        <p>{own}</p>
      </section>
    )
  const { title, explanation, remedy, lead } = wordsOf(finding)
  return (
    <section className="sheet" aria-labelledby="detail-reason">
      <h3 id="detail-reason">
        {texts.reason}: {title}
      </h3>
      <p>
        <span className="confidence">{lead}</span> {explanation}
      </p>
      <ol className="remedy">
        {remedy.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <FindingHelp key={finding.id} id={finding.id} title={title} />
    </section>
  )
}
