/** The list of connections as the host knows it, asked again while it is on screen. */
import { useCallback, useEffect, useState } from 'react'
import type { ConnectionRow } from '../../../contract/connections.ts'
import type { Client } from '../../client.ts'

const askMs = 3_000

type Listed = Awaited<ReturnType<Client['connections']['list']>>
export type ConnectionList = Omit<Listed, 'rows'> & { rows: readonly ConnectionRow[] }

export type ConnectionsControl = {
  /** Null: not known yet. */
  list: ConnectionList | null
  isLost: boolean
  refresh: () => Promise<void>
}

export function useConnections(client: Client, isShown: boolean): ConnectionsControl {
  const [list, setList] = useState<ConnectionList | null>(null)
  const [isLost, setLost] = useState(false)
  const since = list?.version ?? null
  const isFirst = list === null

  const ask = useCallback(
    async (stale: () => boolean) => {
      try {
        const answer = await client.connections.list({ since })
        if (stale()) return
        setLost(false)
        setList((before) => ({ ...answer, rows: answer.rows ?? before?.rows ?? [] }))
      } catch {
        if (!stale()) setLost(true)
      }
    },
    [client, since],
  )

  useEffect(() => {
    if (!isShown) return undefined
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const again = async () => {
      await ask(() => over)
      if (!over) timer = setTimeout(() => void again(), askMs)
    }
    timer = setTimeout(() => void again(), isFirst ? 0 : askMs)
    return () => {
      over = true
      clearTimeout(timer)
    }
    // A new answer starts the pause anew through `ask`.
  }, [isShown, ask, isFirst])

  return { list, isLost, refresh: () => ask(() => false) }
}
