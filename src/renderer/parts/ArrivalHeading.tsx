/** The heading of a part that takes the place of another: it gets the focus when it appears, so that it is read out and the keys go on from there. */
import { useEffect, useRef, type ReactNode } from 'react'

export function ArrivalHeading({ id, children }: { id?: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h2 {...(id === undefined ? {} : { id })} ref={heading} tabIndex={-1}>
      {children}
    </h2>
  )
}
