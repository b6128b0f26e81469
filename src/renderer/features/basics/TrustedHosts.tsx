/** Hosts outside the mail domain whose consent this profile remembers; each can be taken back. Shown only where there are any. */
import { Button } from 'react-aria-components'
import { useWords } from '../../words.ts'

type TrustedHostsProps = { hosts: readonly string[]; isReadOnly: boolean; onRemove: (host: string) => void }

export function TrustedHosts({ hosts, isReadOnly, onRemove }: TrustedHostsProps) {
  const { dialog, fill } = useWords()
  const { trustedHosts } = dialog
  if (hosts.length === 0) return null
  return (
    <fieldset className="group trusted-hosts">
      <legend>{trustedHosts.title}</legend>
      <div className="hint">{trustedHosts.why}</div>
      <ul className="plain">
        {hosts.map((host) => (
          <li key={host}>
            <span className="mono">{host}</span>
            <Button
              className="button link"
              isDisabled={isReadOnly}
              aria-label={fill(trustedHosts.removeHost, { host })}
              onPress={() => onRemove(host)}
            >
              {trustedHosts.remove}
            </Button>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
