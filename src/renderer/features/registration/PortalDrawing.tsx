/** A plain drawing of where to click: the menu of a registration, what is chosen in it, and the thing to press. No screenshot of anybody. */
import { portalMenu, portalWords } from '../../../texts/registration/portalWords.ts'
import type { GuideStep } from '../../../contract/guide.ts'
import { useGuideWords } from './guideWords.ts'

type Drawn = { menu: keyof typeof portalMenu | null; target: (words: readonly string[]) => string; shape: Shape }
type Shape = 'button' | 'values' | 'switch' | 'table'

const drawn: Readonly<Partial<Record<GuideStep, Drawn>>> = {
  register: { menu: null, target: (words) => words[1] ?? '', shape: 'button' },
  ids: { menu: 'ids', target: (words) => words.slice(1, 3).join(' · '), shape: 'values' },
  permission: { menu: 'permission', target: (words) => words[1] ?? '', shape: 'button' },
  consent: { menu: 'permission', target: (words) => words[1] ?? '', shape: 'button' },
  'public-client': { menu: 'public-client', target: (words) => words[1] ?? '', shape: 'switch' },
  secret: { menu: 'secret', target: (words) => words[3] ?? '', shape: 'table' },
}

export function PortalDrawing({ step }: { step: GuideStep }) {
  const { guide, language, fill } = useGuideWords()
  const drawing = drawn[step]
  if (drawing === undefined) return null
  const words = (portalWords[step] ?? []).map((word) => word[language])
  const target = drawing.target(words)
  const entries = Object.entries(portalMenu)
  const chosen = drawing.menu === null ? null : portalMenu[drawing.menu][language]
  const label =
    chosen === null ? fill(guide.steps.drawingList, { target }) : fill(guide.steps.drawing, { menu: chosen, target })
  return (
    <svg className="portal-drawing" viewBox="0 0 424 132" role="img" aria-label={label}>
      <rect className="frame" x="0.5" y="0.5" width="423" height="131" rx="6" />
      <path className="rule" d="M0 22H424M164 22V132" />
      <text className="small" x="10" y="15">
        {drawing.menu === null ? 'Entra' : 'EWS Setup'}
      </text>
      {chosen === null ? (
        <>
          <rect className="chosen" x="6" y="30" width="152" height="20" rx="3" />
          <text className="small strong" x="12" y="44">
            {words[0]}
          </text>
        </>
      ) : (
        entries.map(([id, word], index) => (
          <g key={id}>
            {id === drawing.menu && (
              <rect className="chosen" x="6" y={28 + index * 24} width="152" height="20" rx="3" />
            )}
            <text className={id === drawing.menu ? 'small strong' : 'small'} x="12" y={42 + index * 24}>
              {word[language]}
            </text>
          </g>
        ))
      )}
      <g transform="translate(24 0)">
        <Target shape={drawing.shape} target={target} words={words} />
      </g>
    </svg>
  )
}

function Target({ shape, target, words }: { shape: Shape; target: string; words: readonly string[] }) {
  switch (shape) {
    case 'button':
      return (
        <>
          <rect className="press" x="152" y="32" width="236" height="24" rx="4" />
          <text className="small strong" x="162" y="48">
            {`+ ${target}`}
          </text>
          <path className="ghost" d="M152 74H388M152 92H330M152 110H360" />
        </>
      )
    case 'values':
      return (
        <>
          {words.slice(1, 3).map((word, index) => (
            <g key={word}>
              <text className="small" x="152" y={46 + index * 44}>
                {word}
              </text>
              <rect className="press" x="152" y={52 + index * 44} width="236" height="20" rx="4" />
              <text className="small mono-text" x="160" y={66 + index * 44}>
                xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx
              </text>
            </g>
          ))}
        </>
      )
    case 'switch':
      return (
        <>
          <text className="small" x="152" y="52">
            {target}
          </text>
          <rect className="press" x="152" y="62" width="44" height="22" rx="11" />
          <circle className="knob" cx="184" cy="73" r="7" />
          <text className="small strong" x="206" y="77">
            {words[2]}
          </text>
        </>
      )
    case 'table':
      return (
        <>
          <text className="small" x="152" y="46">
            {words[2]}
          </text>
          <text className="small strong" x="240" y="46">
            {target}
          </text>
          <path className="rule" d="M148 54H392" />
          <path className="ghost" d="M152 72H222M330 72H384" />
          <rect className="press" x="236" y="60" width="84" height="24" rx="4" />
          <text className="small mono-text" x="244" y="76">
            ab8Q~…
          </text>
        </>
      )
  }
}
