/** How the login for work in a mailbox stands, where it has something to say. */
import { Icon } from '../../parts/Icon.tsx'
import { useAddressWords } from './addressWords.ts'
import type { StreamState } from './useMailboxStream.ts'

export function StreamLine({ state }: { state: StreamState }) {
  const { dialog, addresses, fill, finding } = useAddressWords()
  const [first] = state.failed?.findings ?? []
  const text =
    state.refusal === 'withheld'
      ? dialog.withheld
      : state.refusal !== null
        ? addresses.dialog[state.refusal]
        : state.failed !== null
          ? fill(addresses.dialog.failedLogin, { title: first === undefined ? '' : finding(first).title })
          : null
  if (text === null) return null
  return (
    <div className="notice notice-error" role="alert">
      <Icon name="cross" />
      <span>{text}</span>
    </div>
  )
}
