import type { Tracer } from '@opentelemetry/api'

const known = new WeakMap<Tracer, boolean>()

/**
 * Whether a tracer's sampler or one of its processors may decide by what a span starts with. OpenTelemetry copies
 * that twice, so it is spared where nobody looks; where that can't be told, somebody does.
 */
export function isSeenAtStart(tracer: Tracer): boolean {
  const isKnown = known.get(tracer)
  if (isKnown !== undefined) return isKnown
  const isSeen = !looksAway(tracer)
  known.set(tracer, isSeen)
  return isSeen
}

function looksAway(tracer: Tracer): boolean {
  try {
    const processors = read(read(tracer, '_spanProcessor'), '_spanProcessors')
    return Array.isArray(processors) && processors.every(ignoresStarts) && isBuiltIn(read(tracer, '_sampler'))
  } catch {
    return false
  }
}

/** OpenTelemetry's own processors do nothing when a span starts. */
function ignoresStarts(processor: unknown): boolean {
  const onStart = read(processor, 'onStart')
  return typeof onStart === 'function' && /\{\s*\}$/.test(Function.prototype.toString.call(onStart))
}

/** By the text that samplers describe themselves with; a class derived from one of them has the same. */
function isBuiltIn(sampler: unknown): boolean {
  const toText = read(sampler, 'toString')
  if (typeof toText !== 'function') return false
  const prototype: unknown = Object.getPrototypeOf(sampler)
  const isDerived = prototype !== null && Object.getPrototypeOf(prototype) !== Object.prototype
  const text: unknown = Reflect.apply(toText, sampler, [])
  return !isDerived && typeof text === 'string' && builtIn.test(text)
}

const simple = String.raw`(?:AlwaysOnSampler|AlwaysOffSampler|TraceIdRatioBased\{[\d.e-]+\})`
const builtIn = new RegExp(String.raw`^(?:${simple}|ParentBased\{(?:\w+=${simple}(?:, |(?=\}$)))+\})$`)

function read(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
