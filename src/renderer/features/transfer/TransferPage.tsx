/** Rows E2 to E4: configurations out and in. */
import { useEffect, useState } from 'react'
import type { ProfileLine } from '../../../contract/contract.ts'
import { useClient } from '../../client.ts'
import type { SectionProps } from '../../sections.tsx'
import { ExportCard } from './ExportCard.tsx'
import { ImportCard } from './ImportCard.tsx'

export default function TransferPage({ start, hasUnsaved, reload, isShown, given }: SectionProps) {
  const client = useClient()
  const [profiles, setProfiles] = useState<readonly ProfileLine[]>([])
  useEffect(() => {
    if (!isShown) return undefined
    let stale = false
    client.profiles.list({}).then(
      (lines) => stale || setProfiles(lines),
      // The two cards say what they cannot do themselves.
      () => undefined,
    )
    return () => {
      stale = true
    }
  }, [client, isShown])
  return (
    <div className="page manage-page">
      <main className="manage">
        <ExportCard start={start} profiles={profiles} />
        <ImportCard start={start} hasUnsaved={hasUnsaved} reload={reload} given={given} />
      </main>
    </div>
  )
}
