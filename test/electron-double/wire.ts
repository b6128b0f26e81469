/** What goes between the isolated world of a page and the main process. Ports made in the page have odd ids. */
import type { Encoded } from './values.ts'

export type Up =
  | { kind: 'ipc'; channel: string; args: Encoded; ports: number[] }
  | { kind: 'message'; port: number; data: Encoded; ports: number[] }
  | { kind: 'closed'; port: number }
  | { kind: 'preload-error'; message: string; stack: string }
  | { kind: 'refused'; what: string }

export type Down = { kind: 'message'; port: number; data: Encoded } | { kind: 'close'; port: number }

export const worldName = 'Electron Isolated Context'
