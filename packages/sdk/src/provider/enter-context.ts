import type { Context } from '@opentelemetry/api'

/**
 * Makes a context the active one for what follows in the current asynchronous step, for frameworks that offer no
 * place to run their work inside of. To be called only past an `await` of the framework's own function, where it
 * can't reach the caller. Without OpenTelemetry's own context manager nothing happens.
 */
export function enterContext(context: Context): void {
  const globals: unknown = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1'))
  const manager: unknown = isObject(globals) ? Reflect.get(globals, 'context') : undefined
  const storage: unknown = isObject(manager) ? Reflect.get(manager, '_asyncLocalStorage') : undefined
  if (hasEnterWith(storage)) storage.enterWith(context)
}

function hasEnterWith(value: unknown): value is { enterWith: (context: Context) => void } {
  return isObject(value) && typeof Reflect.get(value, 'enterWith') === 'function'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
