import { ATTR_TAG_TAGS } from '@clew/semconv/attributes'
import { createContextKey, propagation, ROOT_CONTEXT } from '@opentelemetry/api'
import type { Attributes, Baggage, BaggageEntry, Context } from '@opentelemetry/api'

import { LightContext } from '../provider/light-context.ts'

// OpenTelemetry interns context keys by this text, so that two copies of the package understand each other.
const identityKey = createContextKey('clew.identity')
const baggagePrefix = 'clew.id.'

/** The context with an identity for everything below; baggage carries it to other processes. */
export function setIdentity(context: Context, identity: Attributes): Context {
  const baggage = toBaggage(propagation.getBaggage(context), identity)
  return propagation.setBaggage(LightContext.from(context).setValue(identityKey, identity), baggage)
}

/** The identity in force: set in this process, or received as baggage. */
export function getIdentity(context: Context): Attributes | undefined {
  if (context === ROOT_CONTEXT) return undefined
  const local = context.getValue(identityKey)
  if (isAttributes(local)) return local
  const baggage = propagation.getBaggage(context)
  return baggage === undefined ? undefined : fromBaggage(baggage)
}

/** Built in one go: each `setEntry` would copy all entries again. */
function toBaggage(before: Baggage | undefined, identity: Attributes): Baggage {
  const entries: { [key: string]: BaggageEntry } = {}
  for (const [key, entry] of before?.getAllEntries() ?? [])
    if (!key.startsWith(baggagePrefix)) entries[key] = entry
  for (const key in identity) {
    const value = identity[key]
    entries[baggagePrefix + key] = { value: Array.isArray(value) ? JSON.stringify(value) : String(value) }
  }
  return propagation.createBaggage(entries)
}

function fromBaggage(baggage: Baggage): Attributes | undefined {
  const identity: Attributes = {}
  for (const [key, entry] of baggage.getAllEntries()) {
    if (!key.startsWith(baggagePrefix)) continue
    const name = key.slice(baggagePrefix.length)
    identity[name] = name === ATTR_TAG_TAGS ? parseTags(entry.value) : entry.value
  }
  return Object.keys(identity).length === 0 ? undefined : identity
}

function parseTags(text: string): string[] {
  try {
    const tags: unknown = JSON.parse(text)
    return Array.isArray(tags) ? tags.map(String) : []
  } catch {
    return []
  }
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null
}
