/** Every address outside the product that a window may ask to open: by id, so that no window ever names a URL. */
export const links = {
  'entra-app-registrations': 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
  'entra-error-codes': 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes',
  'ews-oauth':
    'https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-authenticate-an-ews-application-by-using-oauth',
  'ews-retirement':
    'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-ews-exchange-online',
} as const
export type LinkId = keyof typeof links
export const linkIds = Object.keys(links) as [LinkId, ...LinkId[]]
