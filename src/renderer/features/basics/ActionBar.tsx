/** The three buttons of the dialog. The one that was pressed stops its run; the next sensible one answers Enter. */
import { Button } from 'react-aria-components'
import { Icon } from '../../parts/Icon.tsx'
import { StartStopButton } from '../../parts/StartStopButton.tsx'
import { useWords } from '../../words.ts'
import { isUnderWay, verdictOf, type Command, type Run } from '../run/run.ts'
import type { SaveState } from './basics.ts'

type ActionBarProps = {
  run: Run | null
  primary: Command
  isBusy: boolean
  isChanged: boolean
  save: SaveState
  onRun: (command: Command) => void
  onStop: () => void
  onSave: () => void
}

export function ActionBar({ run, primary, isBusy, isChanged, save, onRun, onStop, onSave }: ActionBarProps) {
  const { dialog } = useWords()
  const underWay = isUnderWay(run)
  return (
    <section className={underWay ? 'actions running' : 'actions'} aria-label={dialog.actions.name}>
      <div className="actions-inner">
        {(['locate', 'test'] as const).map((command) => (
          <StartStopButton
            key={command}
            label={dialog.actions[command]}
            stopLabel={run?.status === 'stopping' ? dialog.actions.stopping : dialog.actions.stop}
            isRunning={underWay && run?.command === command}
            isPrimary={primary === command}
            wasStopped={run !== null && verdictOf(run) === 'cancelled'}
            isDisabled={underWay ? run?.command !== command || run.status === 'stopping' : isBusy}
            onStart={() => onRun(command)}
            onStop={onStop}
          />
        ))}
        <span className="spacer" />
        <SaveLine save={save} isChanged={isChanged} />
        <Button className="button" onPress={onSave} isDisabled={underWay || isBusy}>
          {save.kind === 'saving' ? dialog.actions.saving : dialog.actions.save}
        </Button>
      </div>
    </section>
  )
}

function SaveLine({ save, isChanged }: { save: SaveState; isChanged: boolean }) {
  const { dialog, fill } = useWords()
  switch (save.kind) {
    case 'saving':
      return null
    case 'saved':
      return (
        <span className="save-line good">
          <Icon name="check" />
          {dialog.actions.saved}
        </span>
      )
    case 'failed': {
      const text =
        save.secret !== null
          ? dialog.actions.secretNotSaved[save.secret]
          : save.code === 'SETTINGS_NOT_SAVED'
            ? fill(dialog.actions.settingsNotSaved, { code: save.detail })
            : save.code === 'SECRET_WITHHELD'
              ? dialog.withheld
              : dialog.actions.notSaved
      return (
        <span className="save-line bad" role="alert">
          <Icon name="cross" />
          {text}
        </span>
      )
    }
    case 'idle':
      return isChanged ? <span className="save-line">{dialog.actions.unsaved}</span> : null
  }
}
