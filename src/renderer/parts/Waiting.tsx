/** What stands in place of a page that is not there: yet, or at all. It is the main part of the window, as the page would be. */
import type { ReactNode } from 'react'

type WaitingProps = {
  /** Read out at once: it does not pass by itself. */
  isAlert?: boolean
  children: ReactNode
}

export function Waiting({ isAlert = false, children }: WaitingProps) {
  return (
    <main className="waiting">
      <div className="waiting-text" role={isAlert ? 'alert' : undefined}>
        {children}
      </div>
    </main>
  )
}
