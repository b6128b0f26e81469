/**
 * What structured clone carries, as JSON. The same function runs in Node and, as text, in the page: it must not refer to anything
 * outside itself. Whoever encodes has cloned before, so that a DataCloneError is the platform's own.
 */

export type Encoded = { root: unknown; nodes: unknown[][] }
export type Codec = { encode(value: unknown): Encoded; decode(encoded: Encoded): unknown }

export function makeCodec(): Codec {
  const viewTypes = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  }
  const errorTypes = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }
  const named = <T>(types: Record<string, T>, name: unknown): T | undefined =>
    typeof name === 'string' && Object.hasOwn(types, name) ? types[name] : undefined

  function toBase64(buffer: ArrayBuffer): string {
    const bytes = new Uint8Array(buffer)
    let text = ''
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
    return btoa(text)
  }

  function encode(value: unknown): Encoded {
    const nodes: unknown[][] = []
    const known = new Map<object, number>()
    const entries = (object: object) => Object.entries(object).map(([key, item]) => [key, put(item)])

    function nodeOf(object: object): unknown[] {
      if (Array.isArray(object)) return ['array', object.length, entries(object)]
      if (object instanceof Map) return ['map', [...object].map(([key, item]) => [put(key), put(item)])]
      if (object instanceof Set) return ['set', [...object].map(put)]
      if (object instanceof Date) return ['date', put(object.getTime())]
      if (object instanceof RegExp) return ['regexp', object.source, object.flags]
      if (object instanceof ArrayBuffer) return ['buffer', toBase64(object)]
      if (ArrayBuffer.isView(object)) {
        const name = Object.entries(viewTypes).find(([, type]) => object instanceof type)?.[0]
        const length = object instanceof DataView ? object.byteLength : Reflect.get(object, 'length')
        return ['view', name, put(object.buffer), object.byteOffset, length]
      }
      if (object instanceof Error) {
        const name = Object.hasOwn(errorTypes, object.name) ? object.name : 'Error'
        return ['error', name, object.message, object.stack, 'cause' in object ? [put(object.cause)] : []]
      }
      if (object instanceof Number || object instanceof String || object instanceof Boolean || object instanceof BigInt)
        return ['boxed', put(object.valueOf())]
      const prototype: unknown = Object.getPrototypeOf(object)
      if (prototype !== Object.prototype && prototype !== null)
        throw new Error(`the Electron double cannot carry ${Object.prototype.toString.call(object)}`)
      return ['object', entries(object)]
    }

    function put(item: unknown): unknown {
      switch (typeof item) {
        case 'string':
        case 'boolean':
          return item
        case 'number':
          return Number.isFinite(item) && !Object.is(item, -0)
            ? item
            : { number: Object.is(item, -0) ? '-0' : `${item}` }
        case 'bigint':
          return { bigint: `${item}` }
        case 'undefined':
          return {}
        case 'object': {
          if (item === null) return null
          const before = known.get(item)
          if (before !== undefined) return { node: before }
          const index = nodes.push([]) - 1
          known.set(item, index)
          nodes[index] = nodeOf(item)
          return { node: index }
        }
        default:
          throw new Error(`the Electron double cannot carry a ${typeof item}`)
      }
    }
    return { root: put(value), nodes }
  }

  function decode({ root, nodes }: Encoded): unknown {
    const made = new Map<number, unknown>()
    const set = (target: object, list: unknown) => {
      for (const [key, item] of list as [string, unknown][])
        Object.defineProperty(target, key, { value: get(item), writable: true, enumerable: true, configurable: true })
    }

    function build(index: number): unknown {
      const [kind, a, b, c, d] = nodes[index] ?? []
      const keep = <T>(value: T): T => {
        made.set(index, value)
        return value
      }
      switch (kind) {
        case 'array': {
          const array = keep(new Array<unknown>(Number(a)))
          set(array, b)
          return array
        }
        case 'object': {
          const object = keep({})
          set(object, a)
          return object
        }
        case 'map': {
          const map = keep(new Map<unknown, unknown>())
          for (const [key, item] of a as [unknown, unknown][]) map.set(get(key), get(item))
          return map
        }
        case 'set': {
          const items = keep(new Set<unknown>())
          for (const item of a as unknown[]) items.add(get(item))
          return items
        }
        case 'date':
          return keep(new Date(Number(get(a))))
        case 'regexp':
          return keep(new RegExp(String(a), String(b)))
        case 'buffer':
          return keep(Uint8Array.from(atob(String(a)), (character) => character.charCodeAt(0)).buffer)
        case 'view': {
          const type = named<new (buffer: ArrayBuffer, offset: number, length: number) => object>(viewTypes, a)
          const buffer = get(b)
          if (type === undefined || !(buffer instanceof ArrayBuffer)) throw new Error('not a view')
          return keep(new type(buffer, Number(c), Number(d)))
        }
        case 'error': {
          const error = keep(new (named<ErrorConstructor>(errorTypes, a) ?? Error)(String(b)))
          if (typeof c === 'string') error.stack = c
          const [cause] = d as unknown[]
          if (cause !== undefined) error.cause = get(cause)
          return error
        }
        case 'boxed':
          return keep(Object(get(a)))
        default:
          throw new Error(`not a node: ${String(kind)}`)
      }
    }

    function get(item: unknown): unknown {
      if (typeof item !== 'object' || item === null) return item
      if ('node' in item) {
        const index = Number(item.node)
        return made.has(index) ? made.get(index) : build(index)
      }
      if ('number' in item) return Number(item.number)
      if ('bigint' in item) return BigInt(String(item.bigint))
      return undefined
    }
    return get(root)
  }
  return { encode, decode }
}
