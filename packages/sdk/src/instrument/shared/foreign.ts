import { readText } from '../../values/read.ts'

/** A method of a library, whose types we don't import. */
export type ForeignMethod = (this: unknown, ...args: unknown[]) => unknown

/** A member of a foreign object or class; absent where there is none. */
export function member(value: unknown, name: string): unknown {
  const holds = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return holds ? Reflect.get(value, name) : undefined
}

/** A method of a foreign object, bound to it. */
export function methodOf(value: unknown, name: string): ((...args: unknown[]) => unknown) | undefined {
  const method = member(value, name)
  return isMethod(method) ? (...args) => method.apply(value, args) : undefined
}

/** The prototype of a class that a module exports, by the class's name or as the module itself. */
export function prototypeOf(module: unknown, className: string): object | undefined {
  for (const holder of [member(module, className), member(member(module, 'default'), className)]) {
    const prototype = member(holder, 'prototype')
    if (typeof prototype === 'object' && prototype !== null) return prototype
  }
  const own = member(module, 'prototype')
  return member(module, 'name') === className && typeof own === 'object' && own !== null ? own : undefined
}

export function isMethod(value: unknown): value is ForeignMethod {
  return typeof value === 'function'
}

/** The version that a module states itself. */
export function versionOf(module: unknown): string | undefined {
  return readText(member(module, 'VERSION'))
}
