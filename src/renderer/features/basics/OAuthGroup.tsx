/** Rows A2 to A4: the IDs and the client secret of OAuth 2.0, the cloud, and whether the password may step in. */
import { useState } from 'react'
import { Switch } from 'react-aria-components'
import { Choice } from '../../parts/Choice.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { TextInput } from '../../parts/TextInput.tsx'
import { useWords } from '../../words.ts'
import type { GroupProps } from './BasicsForm.tsx'
import { BasicsSecret } from './BasicsSecret.tsx'
import { visibleRemarks } from './basics.ts'
import { cloudsOf, optionsOf } from './choices.ts'

const reminderDays = 30
const dayMs = 86_400_000

export function OAuthGroup({ state, isReadOnly, change, leave, ...secrets }: GroupProps) {
  const { dialog } = useWords()
  const { draft } = state
  return (
    <fieldset className="group" aria-describedby="oauth-hint">
      <legend>{dialog.groups.oauth}</legend>
      <p id="oauth-hint" className="hint">
        {dialog.hints.oauth}
      </p>
      <TextInput
        field="tenantId"
        label={dialog.fields.tenantId}
        value={draft.tenantId}
        remarks={visibleRemarks(state, 'tenantId')}
        isReadOnly={isReadOnly}
        onChange={(tenantId) => change({ tenantId })}
        onLeave={() => leave('tenantId')}
      />
      <TextInput
        field="clientId"
        label={dialog.fields.clientId}
        value={draft.clientId}
        remarks={visibleRemarks(state, 'clientId')}
        isReadOnly={isReadOnly}
        onChange={(clientId) => change({ clientId })}
        onLeave={() => leave('clientId')}
      />
      <Choice
        id="field-clientCredential"
        label={dialog.fields.clientCredential}
        value={draft.clientCredential}
        options={optionsOf(dialog.options.credentials)}
        isReadOnly={isReadOnly}
        onChange={(clientCredential) => change({ clientCredential })}
      />
      {draft.clientCredential === 'secret' ? (
        <BasicsSecret
          secret="clientSecret"
          hint={dialog.hints.clientSecret}
          {...{ state, isReadOnly, leave }}
          {...secrets}
        />
      ) : (
        <>
          <TextInput
            field="clientCertificate"
            label={dialog.fields.clientCertificate}
            hint={dialog.hints.clientCertificate}
            value={draft.clientCertificate}
            remarks={visibleRemarks(state, 'clientCertificate')}
            isReadOnly={isReadOnly}
            onChange={(clientCertificate) => change({ clientCertificate })}
            onLeave={() => leave('clientCertificate')}
          />
          <BasicsSecret
            secret="certificatePassphrase"
            hint={dialog.hints.certificatePassphrase}
            {...{ state, isReadOnly, leave }}
            {...secrets}
          />
        </>
      )}
      <div className="pair">
        {draft.clientCredential === 'secret' && (
          <ExpiryField
            day={draft.clientSecretExpires}
            isReadOnly={isReadOnly}
            onChange={(clientSecretExpires) => change({ clientSecretExpires })}
          />
        )}
        <Choice
          id="field-cloud"
          label={dialog.fields.cloud}
          value={draft.cloud}
          options={cloudsOf(dialog)}
          isReadOnly={isReadOnly}
          onChange={(cloud) => change({ cloud })}
        />
      </div>
      <div className="field">
        <Switch
          className="switch"
          isSelected={draft.passwordFallback}
          isReadOnly={isReadOnly}
          onChange={(passwordFallback) => change({ passwordFallback })}
          aria-describedby="fallback-hint"
        >
          <span className="switch-track">
            <span className="switch-thumb" />
          </span>
          <span>{dialog.fields.passwordFallback}</span>
        </Switch>
        <div id="fallback-hint" className="hint">
          {draft.passwordFallback ? dialog.hints.fallbackOn : dialog.hints.fallbackOff}
        </div>
      </div>
    </fieldset>
  )
}

function ExpiryField({
  day,
  isReadOnly,
  onChange,
}: {
  day: string
  isReadOnly: boolean
  onChange: (day: string) => void
}) {
  const { dialog, fill, count, date } = useWords()
  const [now] = useState(() => Date.now())
  const days = day === '' ? null : Math.ceil((Date.parse(`${day}T23:59:59`) - now) / dayMs)
  const due = days !== null && days <= reminderDays
  return (
    <div className="field">
      <label htmlFor="field-clientSecretExpires">{dialog.fields.clientSecretExpires}</label>
      <input
        id="field-clientSecretExpires"
        className="input"
        type="date"
        max="9999-12-31"
        value={day}
        readOnly={isReadOnly}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={due ? 'expiry-remark' : undefined}
      />
      {due && (
        <div id="expiry-remark" className="remarks">
          <div className="remark remark-warning">
            <Icon name="warning" />
            <span>{days < 1 ? fill(dialog.secret.ended, { date: date(day) }) : count(dialog.secret.endsIn, days)}</span>
          </div>
        </div>
      )}
    </div>
  )
}
