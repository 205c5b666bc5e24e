type Method = (this: unknown, ...args: unknown[]) => unknown

const marker = Symbol.for('clew.instrumented')

/** Wraps a method of a prototype once, however often and from however many copies of the SDK it is asked for. */
export function patchMethod(args: {
  prototype: object
  name: string
  wrap: (original: Method) => Method
}): boolean {
  const original: unknown = Reflect.get(args.prototype, args.name)
  if (!isMethod(original)) return false
  if (marker in original) return true
  const wrapped = args.wrap(original)
  Object.defineProperty(wrapped, 'name', { value: original.name, configurable: true })
  Object.defineProperty(wrapped, 'length', { value: original.length, configurable: true })
  Object.defineProperty(wrapped, marker, { value: original })
  const described = Object.getOwnPropertyDescriptor(args.prototype, args.name)
  Object.defineProperty(args.prototype, args.name, {
    configurable: true,
    writable: true,
    enumerable: described?.enumerable ?? false,
    value: wrapped,
  })
  return Reflect.get(args.prototype, args.name) === wrapped
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function'
}
