/** An embedded Exchange with as many accounts as one configuration may hold connections, and the settings that call them all. */
import { makeServer, startWorld, versionsOfToday, type Organisation, type World } from '../../src/demo/index.ts'
import { connectionSchema, policySchema } from '../../src/core/automation/schema.ts'
import { defaultSettings } from '../../src/core/settings/settings.ts'
import { emptyProfile, type Profile } from '../../src/host/settingsSchema.ts'

const domain = 'contoso.example'
const host = `mail.${domain}`
export const crowdPassword = 'Sommer-2026-am-See'

export async function startCrowd(count: number): Promise<World> {
  const organisation: Organisation = {
    netbios: 'CONTOSO',
    adDomain: `ad.${domain}`,
    mailDomains: [domain],
    accounts: Array.from({ length: count }, (_one, index) => ({
      email: `user${index}@${domain}`,
      displayName: `User ${index}`,
      sam: `user${index}`,
      upn: `user${index}@${domain}`,
      password: crowdPassword,
      mailbox: true,
    })),
    ewsUrl: `https://${host}/EWS/Exchange.asmx`,
    build: [15, 2, 2562, 43],
    schemaVersion: 'V2017_07_11',
    versions: versionsOfToday,
  }
  return startWorld({ zones: {}, hosts: { [host]: { role: 'Exchange', https: makeServer({ organisation }) } } })
}

export function crowdProfile(world: World, count: number): Profile {
  return {
    ...emptyProfile(),
    settings: {
      ...defaultSettings(),
      email: `user0@${domain}`,
      ewsUrl: `https://${host}/EWS/Exchange.asmx`,
      ewsUrlOrigin: 'typed',
      network: { ...defaultSettings().network, connectTo: world.connectTo, dns: world.dns, extraCa: world.caPem },
    },
    policy: policySchema.parse({}),
    connections: Array.from({ length: count }, (_one, index) =>
      connectionSchema.parse({
        id: `c${index}`,
        mailbox: `user${index}@${domain}`,
        userName: `CONTOSO\\user${index}`,
      }),
    ),
  }
}
