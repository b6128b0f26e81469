/** Catches our own mistakes while drawing: a sentence and a way on, where there would be an empty window. */
import { Component, type ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useWords } from '../words.ts'
import { Waiting } from './Waiting.tsx'

type State = { failed: boolean }

export class Failure extends Component<{ children: ReactNode }, State> {
  override state: State = { failed: false }

  static getDerivedStateFromError(): State {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? <Broken /> : this.props.children
  }
}

function Broken() {
  const { dialog } = useWords()
  return (
    <Waiting isAlert>
      <p>{dialog.start.broken}</p>
      <Button className="button" onPress={() => location.reload()}>
        {dialog.start.reload}
      </Button>
    </Waiting>
  )
}
