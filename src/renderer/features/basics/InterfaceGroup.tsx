/** Rows A5 and A9: the version of the EWS interface and its URL, with where the URL came from. */
import { Button } from 'react-aria-components'
import { endOfEwsOnline } from '../../../contract/retirement.ts'
import { Choice } from '../../parts/Choice.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Remarks } from '../../parts/Remarks.tsx'
import { TextInput } from '../../parts/TextInput.tsx'
import { useClient } from '../../client.ts'
import { useWords, type Words } from '../../words.ts'
import type { GroupProps } from './BasicsForm.tsx'
import { isExchangeOnline, visibleRemarks, type UrlOrigin } from './basics.ts'
import { versionsOf } from './choices.ts'

export function InterfaceGroup({ state, isReadOnly, change, leave }: GroupProps) {
  const words = useWords()
  const { dialog } = words
  const { draft, urlOrigin } = state
  const versionRemarks = visibleRemarks(state, 'ewsVersion')
  const origin = originWords(words, urlOrigin)
  return (
    <fieldset className="group">
      <legend>{dialog.groups.interface}</legend>
      <Choice
        id="field-ewsVersion"
        label={dialog.fields.ewsVersion}
        value={draft.ewsVersion ?? 'none'}
        options={versionsOf(dialog)}
        isReadOnly={isReadOnly}
        isWrong={versionRemarks.some((remark) => remark.severity === 'error')}
        describedBy={versionRemarks.length > 0 ? 'field-ewsVersion-remarks' : undefined}
        onChange={(version) => change({ ewsVersion: version === 'none' ? null : version })}
        onLeave={() => leave('ewsVersion')}
      >
        {versionRemarks.length > 0 && <Remarks id="field-ewsVersion-remarks" remarks={versionRemarks} />}
      </Choice>
      <TextInput
        field="ewsUrl"
        label={dialog.fields.ewsUrl}
        {...(draft.ewsUrl.trim() === '' ? { hint: dialog.hints.ewsUrl } : {})}
        type="url"
        value={draft.ewsUrl}
        remarks={visibleRemarks(state, 'ewsUrl')}
        isReadOnly={isReadOnly}
        onChange={(ewsUrl) => change({ ewsUrl })}
        onLeave={() => leave('ewsUrl')}
      >
        {draft.ewsUrl.trim() === '' && <div className="hint">{dialog.hints.ewsUrlOld}</div>}
        {origin !== null && (
          <div className="origin" id="url-origin">
            <Icon name={urlOrigin.kind === 'proven' ? 'check' : 'info'} />
            <span>{origin}</span>
          </div>
        )}
      </TextInput>
      {isExchangeOnline(draft.ewsUrl) && <ExchangeOnlineLine days={state.stored.daysOfEwsOnline} />}
    </fieldset>
  )
}

function originWords({ dialog, fill }: Words, { kind, source, host }: UrlOrigin): string | null {
  const { origin, sources } = dialog
  switch (kind) {
    case 'none':
      return null
    case 'typed':
      return origin.typed
    case 'imported':
      return origin.imported
    case 'found':
      if (source === null || source === 'manual') return origin.typed
      return host === null
        ? fill(origin.found, { source: sources[source] })
        : fill(origin.foundAt, { host, source: sources[source] })
    case 'proven':
      if (source === null || source === 'manual') return origin.proven
      return host === null
        ? fill(origin.provenFound, { source: sources[source] })
        : fill(origin.provenAt, { host, source: sources[source] })
  }
}

function ExchangeOnlineLine({ days }: { days: number }) {
  const { dialog, fill, count, date } = useWords()
  const client = useClient()
  const facts = { date: date(endOfEwsOnline) }
  return (
    <div className="remark remark-warning">
      <Icon name="warning" />
      <span>
        {days > 0 ? count(dialog.exchangeOnline.text, days, facts) : fill(dialog.exchangeOnline.ended, facts)}
      </span>
      <Button
        className="button link"
        onPress={() => void client.app.openLink({ link: 'ews-retirement' }).catch(() => undefined)}
      >
        {dialog.exchangeOnline.more}
      </Button>
    </div>
  )
}
