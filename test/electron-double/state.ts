/** What exists once per program: its arguments, `app`, and the browser. */
import { DoubleApp } from './app.ts'
import type { Cdp } from './cdp.ts'

const given = process.argv.slice(2)
const isSwitch = (argument: string) => argument.startsWith('-')
/** Path of the main bundle: the first argument that is no switch. */
export const entry = given.find((argument) => !isSwitch(argument))
export const switches: ReadonlyMap<string, string> = new Map(
  given.filter(isSwitch).map((argument) => {
    const [name = '', ...value] = argument.replace(/^-+/, '').split('=')
    return [name, value.join('=')]
  }),
)

export const app = new DoubleApp(switches)

let cdp: Cdp | undefined
export function giveBrowser(given: Cdp): void {
  cdp = given
}
export function browser(): Cdp {
  if (cdp === undefined) throw new Error('Cannot create a window before app is ready')
  return cdp
}
