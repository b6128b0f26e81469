/** The row that leads from section to section: plain links of a page, in the order of the table. */
import { Button } from 'react-aria-components'
import type { Section, SectionId } from '../sections.tsx'
import { useWords } from '../words.ts'

export function SectionTabs(props: {
  sections: readonly Section[]
  shown: SectionId
  onShow: (section: SectionId) => void
}) {
  const { dialog } = useWords()
  return (
    <nav className="sections" aria-label={dialog.sectionsName}>
      {props.sections.map(({ id }) => (
        <Button
          key={id}
          className="section-tab"
          aria-current={id === props.shown ? 'page' : 'false'}
          onPress={() => props.onShow(id)}
        >
          {dialog.sections[id].tab}
        </Button>
      ))}
    </nav>
  )
}
