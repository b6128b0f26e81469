export type ShippedPackage = {
  name: string
  version: string
  licence: string | null
  author: string | null
  integrity: string | null
  bundled: boolean
  text: string | null
  notice: string | null
}
export const acceptedPackages: Readonly<Record<string, string>>
export function shippedPackages(root: string, bundled: ReadonlySet<string>): ShippedPackage[]
export function isAccepted(one: Pick<ShippedPackage, 'name' | 'licence'>): boolean
