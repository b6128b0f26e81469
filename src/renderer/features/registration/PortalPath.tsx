/** The words to click, in order, in the person's language, and beside them the other language's where it differs. */
import { portalWords } from '../../../texts/registration/portalWords.ts'
import type { GuideStep } from '../../../contract/guide.ts'
import { useGuideWords } from './guideWords.ts'

export function PortalPath({ step }: { step: GuideStep }) {
  const { guide, language, fill } = useGuideWords()
  const words = portalWords[step]
  if (words === undefined) return null
  const other = language === 'de' ? 'en' : 'de'
  return (
    <div>
      <h4>{guide.steps.words}</h4>
      <ol className="plain portal-path">
        {words.map((word) => (
          <li key={word.en}>
            <strong>{word[language]}</strong>
            {word[other] !== word[language] && (
              <>
                {' '}
                <span className="quiet-text" lang={other}>
                  {fill(guide.steps.other, { word: word[other] })}
                </span>
              </>
            )}
            {!word.sure && <span className="quiet-text"> *</span>}
          </li>
        ))}
      </ol>
      {words.some((word) => !word.sure) && <p className="hint">* {guide.steps.unsure}</p>}
    </div>
  )
}
