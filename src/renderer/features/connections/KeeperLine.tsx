/** Who makes the calls now, and what a person has to know about it. */
import { Icon } from '../../parts/Icon.tsx'
import { useWords, type Words } from '../../words.ts'
import type { ConnectionList } from './useConnections.ts'

export function KeeperLine({ list }: { list: ConnectionList }) {
  const words = useWords()
  const texts = words.automation.connections.keeper
  const { keeper, damagedFile, secretsInMemory } = list
  const isBad = keeper.kind === 'stopped'
  return (
    <>
      <div className={isBad ? 'notice notice-error' : 'keeper-line'} role={isBad ? 'alert' : undefined}>
        <Icon name={keeper.kind === 'here' ? 'check' : isBad ? 'cross' : 'info'} />
        <p>{keeperWords(words, list)}</p>
      </div>
      {damagedFile !== null && (
        <div className="notice notice-warning" role="note">
          <Icon name="warning" />
          <p>{words.fill(texts.damaged, { file: damagedFile })}</p>
        </div>
      )}
      {secretsInMemory && (
        <div className="notice notice-warning" role="note">
          <Icon name="warning" />
          <p>{texts.memory}</p>
        </div>
      )}
    </>
  )
}

function keeperWords({ automation, fill, moment }: Words, { keeper }: ConnectionList): string {
  const texts = automation.connections.keeper
  switch (keeper.kind) {
    case 'idle':
      return texts.idle
    case 'here':
      return texts.here
    case 'stopped':
      return fill(texts.stopped, { code: keeper.code })
    case 'elsewhere': {
      const { owner } = keeper
      if (owner === null) return texts.elsewhereUnknown
      const face = automation.faces[owner.face]
      return fill(texts.elsewhere, { face, pid: String(owner.pid), host: owner.host, since: moment(owner.startedAt) })
    }
  }
}
