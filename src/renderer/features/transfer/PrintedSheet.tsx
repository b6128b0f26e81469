/** The sheet as the printer gets it: on paper it takes the place of the window, on the screen it is not there. */
import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import type { Sheet } from '../../../texts/sheet.ts'
import { useWords } from '../../words.ts'

export function PrintedSheet({ sheet, onDone }: { sheet: Sheet; onDone: () => void }) {
  const { transfer } = useWords()
  const words = transfer.sheet
  useEffect(() => {
    window.addEventListener('afterprint', onDone, { once: true })
    window.print()
    return () => window.removeEventListener('afterprint', onDone)
  }, [onDone])
  return createPortal(
    <div className="printed-sheet" lang={sheet.language} aria-hidden="true">
      <h1>{sheet.title}</h1>
      {sheet.parts.map(({ heading, rows, missing }) => (
        <section key={heading}>
          <h2>{heading}</h2>
          <h3>{words.settings}</h3>
          <table>
            <tbody>
              {rows.map(({ label, value }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <h3>{words.missing}</h3>
          <p>{words.missingHint}</p>
          {missing.map(({ label, state }) => (
            <div key={label}>
              <p>
                <strong>{label}</strong> ({state})
              </p>
              <Blank label={words.keptAt} />
            </div>
          ))}
          <Blank label={words.owner} />
          <Blank label={words.checked} />
          <Blank label={words.notes} />
        </section>
      ))}
      <p>{sheet.produced}</p>
    </div>,
    document.body,
  )
}

function Blank({ label }: { label: string }) {
  return (
    <div className="sheet-line">
      <span>{label}</span>
      <span className="sheet-blank" />
    </div>
  )
}
