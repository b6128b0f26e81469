/** Files can be dropped anywhere on the window. While one is over it, the window says so; text that is dragged stays what it is. */
import { useEffect, useRef, useState } from 'react'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'

export function DropTarget({ onDrop }: { onDrop: (files: readonly File[]) => void }) {
  const { arrivals } = useWords()
  const [isOver, setOver] = useState(false)
  const latest = useRef(onDrop)
  useEffect(() => {
    latest.current = onDrop
  })

  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event) || event.dataTransfer === null) return
      // Unprevented, the browser would leave the page for the file.
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => {
      // Out of the window, and not from one of its parts to another.
      if (event.relatedTarget === null) setOver(false)
    }
    const onDropped = (event: DragEvent) => {
      setOver(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) latest.current(files)
    }
    const over = () => setOver(false)
    window.addEventListener('dragenter', onDragOver)
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDropped)
    window.addEventListener('dragend', over)
    return () => {
      window.removeEventListener('dragenter', onDragOver)
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDropped)
      window.removeEventListener('dragend', over)
    }
  }, [])

  if (!isOver) return null
  return (
    // Only a pointer brings it up, and whoever uses one sees it.
    <div className="drop-veil" aria-hidden="true">
      <p className="drop-words">
        <Icon name="info" />
        <span>{arrivals.dropping}</span>
      </p>
    </div>
  )
}
