/**
 * Where all copies of OpenTelemetry's API meet: an object that holds what is registered and the version of the copy
 * that registered first. A copy whose minor version is higher sees nothing of it, and one of another version than
 * exactly that registers nothing; both leave a program with two traces, or none, and nobody says so.
 */
interface OtelGlobals {
  version?: string
  [name: string]: unknown
}

const key = Symbol.for('opentelemetry.js.api.1')

/** What is registered by a name, which OpenTelemetry's API has no question for. */
export function readGlobal(name: string): unknown {
  return read()?.[name]
}

export function removeGlobal(name: string): void {
  const globals = read()
  if (globals !== undefined) Reflect.deleteProperty(globals, name)
}

/** Runs a registration of any copy of the API as if it were the first, and keeps what was registered before. */
export function registerAsFirst(register: () => unknown): unknown {
  const before = read()
  Reflect.deleteProperty(globalThis, key)
  try {
    return register()
  } finally {
    if (before !== undefined) {
      const { version, ...registered } = read() ?? {}
      Reflect.set(globalThis, key, Object.assign(before, registered))
      admit(version)
    }
    admit(newest)
  }
}

/** Learns a copy's version by a registration that leaves no trace, and lets it see what others registered. */
export function admitCopy(register: () => unknown): void {
  const before = read()
  Reflect.deleteProperty(globalThis, key)
  try {
    register()
    const version = read()?.version
    if (version !== undefined && (newest === undefined || minorOf(version) > minorOf(newest)))
      newest = version
  } finally {
    Reflect.deleteProperty(globalThis, key)
    if (before !== undefined) Reflect.set(globalThis, key, before)
  }
  admit(newest)
}

let newest: string | undefined

/** Older copies go on seeing what is registered. */
function admit(version: string | undefined): void {
  const globals = read()
  if (globals?.version === undefined || version === undefined) return
  if (minorOf(version) > minorOf(globals.version)) globals.version = version
}

function minorOf(version: string): number {
  return Number(version.split('.')[1] ?? 0)
}

function read(): OtelGlobals | undefined {
  const globals: unknown = Reflect.get(globalThis, key)
  return isGlobals(globals) ? globals : undefined
}

function isGlobals(value: unknown): value is OtelGlobals {
  return typeof value === 'object' && value !== null
}
