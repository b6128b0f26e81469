/** The licences of all packages that ship: a list that is fetched when it is wanted, searched, and opened one by one. */
import { useState } from 'react'
import { Button, Input, Label, SearchField } from 'react-aria-components'
import type { AboutTexts } from '../../../texts/about.en.ts'
import { useWords } from '../../words.ts'

type List = {
  packages: readonly { name: string; version: string; licence: string; author: string | null; text: number }[]
  texts: readonly string[]
}

export function Licences({ texts }: { texts: AboutTexts['licences'] }) {
  const { count } = useWords()
  const [list, setList] = useState<List | 'missing' | null>(null)
  const [search, setSearch] = useState('')

  const load = async () => {
    // Written beside the window by the same build.
    const answer = await fetch('./licences.json')
    setList(answer.ok ? ((await answer.json()) as List) : 'missing')
  }
  const wanted = search.trim().toLowerCase()
  const shown =
    list === null || list === 'missing'
      ? []
      : list.packages.filter(({ name, licence }) => `${name} ${licence}`.toLowerCase().includes(wanted))
  return (
    <section className="licences">
      <h3>{texts.title}</h3>
      <p>{texts.text}</p>
      {(list === null || list === 'missing') && (
        <Button className="button" onPress={() => void load().catch(() => setList('missing'))}>
          {texts.open}
        </Button>
      )}
      {list === 'missing' && (
        <p className="remark remark-error" role="alert">
          {texts.missing}
        </p>
      )}
      {list !== null && list !== 'missing' && (
        <>
          <SearchField className="field" value={search} onChange={setSearch} autoFocus>
            <Label>{texts.search}</Label>
            <Input className="input" />
          </SearchField>
          <p role="status">{count(texts.count, shown.length)}</p>
          <ul>
            {shown.map(({ name, version, licence, author, text }) => (
              <li key={`${name} ${version}`}>
                <details>
                  <summary>
                    {name} {version} <span className="hint">{licence}</span>
                  </summary>
                  {author !== null && <p>{author}</p>}
                  <pre>{list.texts[text]}</pre>
                </details>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
