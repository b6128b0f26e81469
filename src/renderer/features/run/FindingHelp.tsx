/** More about a finding: what is behind it and how the program knows. Folded, and read only when somebody unfolds it. */
import { useEffect, useId, useState } from 'react'
import { loadHelpOn, type HelpEntry } from '../../../texts/help.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'

type Loading = { kind: 'loading' } | { kind: 'loaded'; help: HelpEntry } | { kind: 'failed' }

export function FindingHelp({ id, title }: { id: string; title: string }) {
  const { dialog, fill, language } = useWords()
  const [open, setOpen] = useState(false)
  const [loading, setLoading] = useState<Loading>({ kind: 'loading' })
  const panel = useId()
  useEffect(() => {
    if (!open) return undefined
    let wanted = true
    loadHelpOn(id, language).then(
      (help) => wanted && setLoading({ kind: 'loaded', help }),
      () => wanted && setLoading({ kind: 'failed' }),
    )
    return () => {
      wanted = false
    }
  }, [open, id, language])
  return (
    <div className="help">
      <button
        type="button"
        className="help-button"
        aria-expanded={open}
        aria-controls={panel}
        aria-label={fill(dialog.finding.moreOf, { title })}
        onClick={() => setOpen(!open)}
      >
        <Icon name="chevron" className="fold-mark" />
        <span>{dialog.finding.more}</span>
      </button>
      <div id={panel} className="help-text" hidden={!open}>
        {open && <HelpText loading={loading} />}
      </div>
    </div>
  )
}

function HelpText({ loading }: { loading: Loading }) {
  const { dialog } = useWords()
  if (loading.kind === 'loading') return <p className="quiet-text">{dialog.finding.helpLoading}</p>
  if (loading.kind === 'failed') return <p role="alert">{dialog.finding.helpFailed}</p>
  const { meaning, knows, commands = [], sources } = loading.help
  return (
    <>
      <h4>{dialog.finding.helpMeaning}</h4>
      <p>{meaning}</p>
      <h4>{dialog.finding.helpKnows}</h4>
      <p>{knows}</p>
      {commands.length > 0 && (
        <>
          <h4>{dialog.finding.helpCommands}</h4>
          <ul className="plain">
            {commands.map((command) => (
              <li key={command} className="help-command">
                <code>{command}</code>
                <CopyButton text={() => command} what={command} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h4>{dialog.finding.helpSources}</h4>
      <ul>
        {sources.map((source) => (
          <li key={source}>{source}</li>
        ))}
      </ul>
    </>
  )
}
