/**
 * What arrives from outside the window, and what is dropped on it: shows the section that it belongs to, and hands it over there. One
 * notice tells what could not be opened.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import { diagnosisBytes } from '../../../contract/callLimits.ts'
import type { Arrival, FileRefusal, SectionId } from '../../../contract/contract.ts'
import { assertNever } from '../../assertNever.ts'
import type { Client } from '../../client.ts'
import { base64Of, bytesOf } from '../../parts/fileBytes.ts'
import type { Given } from './given.ts'

/** Why a file is not shown; `unanswered`: the program behind the window is gone. */
export type Trouble = { name: string; reason: FileRefusal | 'not-saved' | 'unanswered' }
/** A file that is shown now; `others` were left. */
export type Opened = { name: string; section: SectionId; others: number }

export type ArrivalsControl = {
  given: Readonly<Partial<Record<SectionId, Given>>>
  trouble: Trouble | null
  dismiss: () => void
  /** Files that a person dropped: the first one is opened. */
  drop: (files: readonly File[]) => void
}

export function useArrivals(o: {
  client: Client
  show: (section: SectionId) => void
  onAbout: (part: 'about' | 'whats-new') => void
  /** A section was brought to the front by a wish, with nothing in it that would say so. */
  onShown: (section: SectionId) => void
  onOpened: (opened: Opened) => void
}): ArrivalsControl {
  const { client } = o
  const [given, setGiven] = useState<ArrivalsControl['given']>({})
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const latest = useRef(o)
  useEffect(() => {
    latest.current = o
  })

  const hand = useCallback((section: SectionId, what: Given['what'], settle: () => void) => {
    const mine: Given = {
      what,
      taken() {
        setGiven(({ [section]: there, ...others }) =>
          there === undefined || there === mine ? others : { ...others, [section]: there },
        )
        settle()
      },
    }
    setGiven((before) => ({ ...before, [section]: mine }))
    latest.current.show(section)
  }, [])

  const open = useCallback(
    (file: File, { section, others }: Omit<Opened, 'name'>, settle: () => void) => {
      setTrouble(null)
      hand(section, { kind: 'file', file }, settle)
      latest.current.onOpened({ name: file.name, section, others })
    },
    [hand],
  )

  useEffect(() => {
    const controller = new AbortController()
    const listen = async () => {
      const stream = await client.app.arrivals.stream({}, { signal: controller.signal })
      for await (const { id, arrival } of stream) {
        if (controller.signal.aborted) return
        // Should it get lost, the same comes again after a reload.
        receive(arrival, () => void client.app.arrivals.settle({ id }).catch(() => undefined))
      }
    }
    const receive = (arrival: Arrival, settle: () => void) => {
      switch (arrival.kind) {
        case 'open-file':
          return open(new File([bytesOf(arrival.content)], arrival.name), arrival, settle)
        case 'run':
          return hand('basics', arrival, settle)
        case 'section':
          latest.current.show(arrival.section)
          latest.current.onShown(arrival.section)
          return settle()
        case 'file-refused':
          setTrouble(arrival)
          return settle()
        case 'not-saved':
          setTrouble({ name: arrival.name, reason: 'not-saved' })
          return settle()
        case 'about':
        case 'whats-new':
          latest.current.onAbout(arrival.kind)
          return settle()
        default:
          return assertNever(arrival)
      }
    }
    // A host that is gone says so at the next call that a person makes.
    listen().catch(() => undefined)
    return () => controller.abort()
  }, [client, hand, open])

  const recognise = async ([file, ...others]: readonly File[]) => {
    if (file === undefined) return
    const refuse = (reason: Trouble['reason']) => setTrouble({ name: file.name, reason })
    // By what the system says of it, before a byte is read.
    if (file.size > diagnosisBytes) return refuse('too-large')
    const content = await base64Of(file).catch(() => null)
    if (content === null) return refuse('unreadable')
    const found = await client.app.arrivals.recognise({ content }).catch(() => null)
    if (found === null) return refuse('unanswered')
    if (found.kind === 'refused') return refuse(found.reason)
    open(file, { section: found.section, others: others.length }, () => undefined)
    return undefined
  }

  return { given, trouble, dismiss: () => setTrouble(null), drop: (files) => void recognise(files) }
}
