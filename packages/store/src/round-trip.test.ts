import { toWireSpan } from '@clew/semconv/span'
import type { CanonicalSpan, JsonValue } from '@clew/semconv/span'
import { expect, it } from 'vitest'
import { readSpan } from './queries/read-span.ts'
import { readSpans, readTypedSpans } from './queries/read-spans.ts'
import { buildBatch, testNowMs, testOwner, testProject } from './testing/build-span.ts'
import { nastySpan } from './testing/nasty-span.ts'
import { onEachEngine } from './testing/on-each-engine.ts'

const scope = { projectId: testProject(), retention: { metadataDays: 30, contentDays: 7 } } as const

onEachEngine({ clock: () => testNowMs }, (engine) => {
  it('gives every field of a span back as it was put in', async () => {
    const { store } = engine()
    const span = nastySpan()
    expect(await store.insertBatch(buildBatch('nasty', { spans: [{ owner: testOwner(), span }] }))).toEqual({
      ok: true,
      value: undefined,
    })
    const found = await readSpan(store, { ...scope, traceId: span.traceId, spanId: span.spanId })
    expect(found).toEqual(asWire(span))
    expect(Object.keys(found?.attributes ?? {})).toContain('__proto__')
    expect(await readSpans(store, { ...scope, traceIds: [span.traceId], content: 'full' })).toEqual([
      asWire(span),
    ])
    const [typed] = await readTypedSpans(store, { ...scope, traceId: span.traceId })
    expect(typed?.attributes).toEqual({ ...span.attributes, ['__proto__']: 'a key' })
    expect(typed?.events).toEqual(span.events)
    expect(typed?.links).toEqual(span.links)
  })
})

/** As JSON carries it; the map is built so that a key named `__proto__` survives. */
function asWire(span: CanonicalSpan): unknown {
  const wire = toWireSpan(span)
  const attributes: { [key: string]: JsonValue } = Object.create(null)
  for (const [key, value] of Object.entries(wire.attributes)) attributes[key] = value
  attributes['__proto__'] = 'a key'
  return { ...wire, attributes }
}
