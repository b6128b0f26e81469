/** DNS of the mail domain: does it exist, and does it point to the chosen cloud? */
import type { Access } from './access.ts'
import type { Run, StepOutcome } from './run.ts'
import type { Observation } from '../evidence/schema.ts'
import { isCloudHost } from '../settings/clouds.ts'

export type MailDomainNames = { exists: boolean; cloudSpeaks: boolean }

/** MX of the cloud's mail protection, or its Autodiscover as the alias of `autodiscover.<domain>`, speak for the cloud. */
export async function lookAtNames(
  run: Run,
  access: Access,
  domain: string,
  group: AbortSignal,
): Promise<MailDomainNames> {
  const names = await run.step(
    { name: 'names', phase: 'names' },
    async ({ signal, record }): Promise<StepOutcome<MailDomainNames>> => {
      const results: string[] = []
      const options = {
        signal,
        record: (observation: Observation) => {
          if (observation.kind === 'dns') results.push(observation.result)
          record(observation)
        },
      }
      const [mx, alias, own] = await Promise.all([
        run.network.names.texts(domain, 'MX', options),
        run.network.names.texts(`autodiscover.${domain}`, 'CNAME', options),
        run.network.names.addresses(domain, options),
      ])
      const mailHosts = mx.map((entry) => plainName(entry.split(' ').at(-1) ?? ''))
      const aliasHost = alias[0] === undefined ? null : plainName(alias[0])
      const protectedByCloud = mailHosts.some((host) =>
        access.cloud.mxSuffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`)),
      )
      const hosts = [
        ...mailHosts.slice(0, 2).map((host) => `MX ${host}`),
        ...(aliasHost === null ? [] : [`CNAME ${aliasHost}`]),
        ...(own.length === 0 ? [] : [domain]),
      ].join(', ')
      const cloudSpeaks = protectedByCloud || (aliasHost !== null && isCloudHost(access.cloud, aliasHost))
      // "No records" is an answer about a name that exists.
      const value = { exists: hosts !== '' || results.includes('no-records'), cloudSpeaks }
      if (hosts !== '') return { value, state: 'passed', summary: 'names-found', facts: { domain, hosts } }
      const silent = results.some((result) => !['no-such-name', 'no-records', 'records'].includes(result))
      return { value, state: 'warning', summary: silent ? 'names-no-answer' : 'names-not-found', facts: { domain } }
    },
    group,
  )
  return names ?? { exists: false, cloudSpeaks: false }
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}
