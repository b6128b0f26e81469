// What another client reads back: names, phones and places of transferred addresses are in the fields where Outlook looks for them.
import { expect, test } from 'vitest'
import { startDemo } from '../../../src/demo/index.ts'
import { missing, runExchangelib, why } from '../../demo/exchangelib.ts'
import { address, inMailbox, memoryLinks, transferTo } from './onDemo.ts'

const reach = {
  phone: '+49 30 1',
  fax: '+49 30 2',
  mobile: '+49 171 3',
  email: 'a@contoso.example',
  web: 'https://x.example',
}
const place = { street: 'Hauptstr. 1', postCode: '10115', town: 'Berlin', country: 'Deutschland' }
const written = ['Hauptstr. 1', '10115', 'Berlin', 'Deutschland']

test.skipIf(missing)(
  `exchangelib reads transferred addresses from the right fields${why}`,
  { timeout: 90_000 },
  async () => {
    const demo = await startDemo({ scenario: 'healthy-on-prem' })
    try {
      await inMailbox(demo, async (mailbox) => {
        await transferTo(
          mailbox,
          [
            address(1, { ...reach, ...place, salutation: 'Firma', name1: 'Müller & Söhne GmbH', name2: 'Einkauf' }),
            address(2, { ...reach, ...place, salutation: 'Frau', name1: 'Anna von der Heide' }),
            address(3, {
              ...reach,
              ...place,
              salutation: 'Herr',
              name1: 'Tom Weber',
              company: 'Contoso AG',
              function: 'Leiter',
            }),
          ],
          memoryLinks(),
        )
      })
      const { contacts } = await runExchangelib(demo, 'CONTOSO\\anna', { contacts: true })
      const common = { emails: ['a@contoso.example'], homepage: 'https://x.example' }
      const business = {
        phones: { BusinessPhone: '+49 30 1', BusinessFax: '+49 30 2', MobilePhone: '+49 171 3' },
        places: { Business: written },
        mailingAddress: 'Business',
      }
      expect(contacts).toMatchObject([
        {
          ...common,
          ...business,
          fileAs: 'Müller & Söhne GmbH',
          companyName: 'Müller & Söhne GmbH',
          department: 'Einkauf',
          givenName: null,
          surname: null,
        },
        {
          ...common,
          phones: { HomePhone: '+49 30 1', HomeFax: '+49 30 2', MobilePhone: '+49 171 3' },
          places: { Home: written },
          mailingAddress: 'Home',
          givenName: 'Anna',
          surname: 'von der Heide',
          companyName: null,
        },
        { ...common, ...business, givenName: 'Tom', surname: 'Weber', companyName: 'Contoso AG', jobTitle: 'Leiter' },
      ])
    } finally {
      await demo.stop()
    }
  },
)
