import { context, diag, metrics, propagation, trace } from '@opentelemetry/api'

import type { LoadedModule } from '../instrument/install-modules.ts'
import { admitCopy, readGlobal, registerAsFirst, removeGlobal } from './otel-globals.ts'

export type GlobalName = 'trace' | 'context' | 'propagation'

const registrars = {
  trace: 'setGlobalTracerProvider',
  context: 'setGlobalContextManager',
  propagation: 'setGlobalPropagator',
  metrics: 'setGlobalMeterProvider',
  diag: 'setLogger',
}

const isEntry = /[\\/]node_modules[\\/]@opentelemetry[\\/]api[\\/](?:build[\\/]src|dist)[\\/]index\.c?js$/

interface Claim {
  ours: unknown
  onReplaced: (theirs: unknown) => void
}

const claims = new Map<string, Claim>()
const adopted = new WeakSet<object>()

/**
 * To be called once something of ours is registered. OpenTelemetry keeps what came first and refuses the rest; ours
 * makes room for the next instead, so that whoever starts after us runs as it would have without us.
 */
export function giveWay(name: GlobalName, onReplaced: (theirs: unknown) => void = () => undefined): void {
  claims.set(name, { ours: readGlobal(name), onReplaced })
}

/**
 * Lets the copies of OpenTelemetry's API that are loaded work as one, ours among them: each sees what the others
 * registered and may register in our place, whatever their versions. A copy that `require` did not load is not found: one in a bundle, or the ES module of 1.10.
 */
export function adoptOwnCopy(): void {
  adopt({ context, diag, metrics, propagation, trace })
}

/** As `adoptOwnCopy`, where the module is a copy of the API. */
export function adoptCopy({ path, exports }: LoadedModule): void {
  if (isEntry.test(path) && typeof exports === 'object' && exports !== null) adopt(exports)
}

function adopt(copy: object): void {
  const face = read(copy, 'context')
  const register = read(face, registrars.context)
  if (!isObject(face) || !isMethod(register) || adopted.has(face)) return
  adopted.add(face)
  admitCopy(() => Reflect.apply(register, face, [{}]))
  for (const [name, method] of Object.entries(registrars)) intercept(read(copy, name), { name, method })
}

function intercept(api: unknown, { name, method }: { name: string; method: string }): void {
  const original = read(api, method)
  if (!isObject(api) || !isMethod(original)) return
  const value = (...args: unknown[]): unknown => {
    const register = (): unknown => Reflect.apply(original, api, args)
    const claim = claims.get(name)
    const isOurs = claim !== undefined && readGlobal(name) === claim.ours
    // Among others the first stays; the API refuses by itself.
    if (!isOurs && name !== 'diag' && readGlobal(name) !== undefined) return register()
    if (isOurs) removeGlobal(name)
    const isRegistered = registerAsFirst(register)
    if (!isOurs || isRegistered !== true) return isRegistered
    claims.delete(name)
    claim.onReplaced(args[0])
    return isRegistered
  }
  Object.defineProperty(api, method, { value, configurable: true, writable: true })
}

type Method = (...args: unknown[]) => unknown

function isMethod(value: unknown): value is Method {
  return typeof value === 'function'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function read(value: unknown, key: string): unknown {
  return isObject(value) ? Reflect.get(value, key) : undefined
}
