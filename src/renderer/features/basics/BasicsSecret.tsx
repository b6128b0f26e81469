/** A secret of the form, with the words for where this system keeps it. */
import type { FieldName, SecretKind } from '../../../contract/contract.ts'
import { SecretField } from '../../parts/SecretField.tsx'
import { useWords } from '../../words.ts'
import { visibleRemarks, type Basics } from './basics.ts'

type BasicsSecretProps = {
  id?: string
  secret: SecretKind
  hint?: string
  state: Basics
  isReadOnly: boolean
  leave: (field: FieldName) => void
  typeSecret: (secret: SecretKind, value: string) => void
  replaceSecret: (secret: SecretKind, on: boolean) => void
  removeSecret: (secret: SecretKind) => void
}

export function BasicsSecret(props: BasicsSecretProps) {
  const { secret, hint, state, isReadOnly, leave, typeSecret, replaceSecret, removeSecret } = props
  const { dialog } = useWords()
  const { kind, system, reason } = state.stored.secretStore
  return (
    <SecretField
      {...(props.id === undefined ? {} : { id: props.id })}
      secret={secret}
      {...(hint === undefined ? {} : { hint })}
      storeHint={
        kind === 'keychain'
          ? dialog.store[system]
          : kind === 'file'
            ? dialog.store.file
            : dialog.store.memory[reason ?? 'failed']
      }
      value={state.typed[secret] ?? ''}
      savedAt={state.stored.secrets[secret]?.savedAt ?? null}
      replacing={state.replacing[secret]}
      remarks={visibleRemarks(state, secret)}
      isReadOnly={isReadOnly}
      hideSignal={state.submits}
      onChange={(value) => typeSecret(secret, value)}
      onReplace={(on) => replaceSecret(secret, on)}
      onRemove={() => removeSecret(secret)}
      onLeave={() => leave(secret)}
    />
  )
}
