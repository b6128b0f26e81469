// How long the two buttons take against the embedded Exchange, each run in a fresh process.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { median, openExchange, program, timed } from './processes.mjs'

const turns = 5
const bounds = { bothMs: 1000, slowCandidateMs: 1000 }

export async function buttons({ home, table }) {
  for (const id of ['healthy-on-prem', 'healthy-online']) {
    const { locate, test } = await scenario(home, id, ['locate', 'test'])
    for (const [name, { own, wall }] of Object.entries({ locate, test })) {
      table.ms(`${id}: ${name}`, own)
      table.ms(`${id}: ${name}, process start and end included`, wall)
    }
    table.ms(`${id}: both`, locate.own + test.own, bounds.bothMs)
  }
  const { locate } = await scenario(home, 'slow-candidate', ['locate'])
  table.ms('slow-candidate: to the URL', locate.own, bounds.slowCandidateMs)
}

/** Medians: by the run's own clock, and by ours from start to end. */
async function scenario(home, id, commands) {
  const { typed, options, ewsUrl, stop } = await openExchange(home, id)
  try {
    const measured = {}
    for (const command of commands) {
      const file = join(home.path, 'evidence.json')
      const args = [
        program,
        command,
        typed.email,
        ...options,
        ...(command === 'test' ? ['--url', ewsUrl] : []),
        ...(typed.tenantId === undefined ? [] : ['--tenant', typed.tenantId, '--client-id', typed.clientId]),
        '--evidence',
        file,
      ]
      const env = { EWS_SETUP_PASSWORD: typed.password ?? '', EWS_SETUP_CLIENT_SECRET: typed.clientSecret ?? '' }
      const own = []
      const wall = []
      for (let turn = 0; turn < turns; turn += 1) {
        wall.push(await timed(home, args, { env }))
        own.push(JSON.parse(await readFile(file, 'utf8')).ms)
      }
      measured[command] = { own: median(own), wall: median(wall) }
    }
    return measured
  } finally {
    await stop()
  }
}
