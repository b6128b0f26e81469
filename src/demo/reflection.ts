// @peculiar/x509 refuses to load without the three metadata calls of the old decorator proposal. They are a map from (object, key) to a value,
// looked up along the prototype chain; this is all the library uses, so no further package is needed for it.

type Key = string | symbol
type Values = Map<Key, unknown>

type MetadataCalls = {
  getMetadata?: unknown
  getOwnMetadata?: unknown
  defineMetadata?: unknown
}

/** Adds `Reflect.getMetadata`, `getOwnMetadata` and `defineMetadata` where nobody has added them yet. */
export function addMetadataCalls(): void {
  const reflect = Reflect as MetadataCalls
  if (reflect.getMetadata !== undefined) return
  const table = new WeakMap<object, Map<Key | undefined, Values>>()

  const own = (key: Key, target: object, property?: Key): unknown => table.get(target)?.get(property)?.get(key)

  reflect.getOwnMetadata = own
  reflect.getMetadata = (key: Key, target: object, property?: Key): unknown => {
    for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      if (table.get(at)?.get(property)?.has(key)) return own(key, at, property)
    }
    return undefined
  }
  reflect.defineMetadata = (key: Key, value: unknown, target: object, property?: Key): void => {
    const properties = table.get(target) ?? new Map<Key | undefined, Values>()
    const values = properties.get(property) ?? new Map<Key, unknown>()
    values.set(key, value)
    properties.set(property, values)
    table.set(target, properties)
  }
}
