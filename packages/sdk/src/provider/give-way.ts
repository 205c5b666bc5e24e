import { context, propagation, trace } from '@opentelemetry/api'

export type GlobalName = 'trace' | 'context' | 'propagation'

const registrars: { [name in GlobalName]: { api: object; method: string } } = {
  trace: { api: trace, method: 'setGlobalTracerProvider' },
  context: { api: context, method: 'setGlobalContextManager' },
  propagation: { api: propagation, method: 'setGlobalPropagator' },
}

/** What is registered with OpenTelemetry's API, which has no question for it. */
export function readGlobal(name: GlobalName): unknown {
  const globals = otelGlobals()
  return globals === undefined ? undefined : Reflect.get(globals, name)
}

/**
 * To be called once something of ours is registered. OpenTelemetry keeps what came first and refuses the rest; ours
 * makes room for the next instead, so that whoever starts after us runs as it would have without us.
 */
export function giveWay(name: GlobalName, onReplaced: (theirs: unknown) => void = () => undefined): void {
  const { api, method } = registrars[name]
  const ours = readGlobal(name)
  const register = (theirs: unknown): unknown => {
    Reflect.deleteProperty(api, method)
    const original: unknown = Reflect.get(api, method)
    if (typeof original !== 'function') return false
    const globals = otelGlobals()
    if (globals !== undefined && Reflect.get(globals, name) === ours) Reflect.deleteProperty(globals, name)
    const isRegistered: unknown = Reflect.apply(original, api, [theirs])
    if (isRegistered === true) onReplaced(theirs)
    return isRegistered
  }
  Object.defineProperty(api, method, { value: register, configurable: true, writable: true })
}

function otelGlobals(): object | undefined {
  const globals: unknown = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1'))
  return typeof globals === 'object' && globals !== null ? globals : undefined
}
