import { decodeRecording } from '@clew/testing/decode-recording'
import { listRecordings, loadRecording } from '@clew/testing/recordings'
import { describe, expect, it } from 'vitest'
import type { AttributeMap, DecodedSpan } from '../span/decoded.ts'
import { toWireSpan } from '../span/to-wire.ts'
import { makeDecodedSpan } from './testing/make-decoded-span.ts'
import { restoreAttributes } from './restore-attributes.ts'
import { toCanonical } from './to-canonical.ts'

describe('keeps everything', () => {
  it.for(listRecordings())('gives back the attributes that came in: %s', (id) => {
    for (const span of decodeRecording(loadRecording(id)).spans) {
      expect({ ...restoreAttributes(toCanonical(span)) }).toEqual(withoutNulls(span.attributes))
    }
  })

  it('keeps unknown attributes, also under names that objects know', () => {
    const attributes: AttributeMap = JSON.parse('{"__proto__":"p","constructor":"c","my:key":"v"}')
    const span = toCanonical(makeDecodedSpan({ attributes }))
    expect(Object.entries(span.attributes)).toEqual([
      ['__proto__', 'p'],
      ['constructor', 'c'],
      ['my:key', 'v'],
    ])
  })

  it('stores a value that moved into a content field once, and names where it came from', () => {
    const span = toCanonical(
      makeDecodedSpan({ attributes: { 'openinference.span.kind': 'CHAIN', 'input.value': 'hello' } }),
    )
    expect(span.input).toBe('hello')
    expect(span.attributes).not.toHaveProperty(['input.value'])
    expect(span.sources?.['input']).toBe('input.value#direct')
  })
})

describe('state', () => {
  it('is running while the end is 0', () => {
    const span = toCanonical(makeDecodedSpan({ endTimeUnixNano: '0' }))
    expect(span.state).toBe('running')
    expect(span.endTimeUnixNano).toBeUndefined()
    expect(span.durationNs).toBeUndefined()
  })

  it('is running on a growing snapshot, whatever end it carries', () => {
    const span = toCanonical(makeDecodedSpan({ attributes: { 'clew.span.state': 'running' } }))
    expect(span.state).toBe('running')
    expect(span.endTimeUnixNano).toBeUndefined()
  })

  it('is lost when the sender went away with the span open, and ends there', () => {
    const span = toCanonical(
      makeDecodedSpan({
        startTimeUnixNano: '1000',
        endTimeUnixNano: '3000',
        attributes: { 'clew.span.state': 'lost' },
      }),
    )
    expect(span).toMatchObject({ state: 'lost', endTimeUnixNano: '3000', durationNs: '2000' })
  })

  it('turns a pending placeholder into the running state of the span that it announces', () => {
    const span = toCanonical(
      makeDecodedSpan({
        spanId: 'aaaaaaaaaaaaaaaa',
        parentSpanId: 'bbbbbbbbbbbbbbbb',
        attributes: { 'logfire.span_type': 'pending_span', 'logfire.pending_parent_id': '0000000000000000' },
      }),
    )
    expect(span).toMatchObject({ spanId: 'bbbbbbbbbbbbbbbb', state: 'running' })
    expect(span.parentSpanId).toBeUndefined()
  })

  it('counts no time backwards', () => {
    expect(toCanonical(makeDecodedSpan({ startTimeUnixNano: '20', endTimeUnixNano: '10' })).durationNs).toBe(
      '0',
    )
  })
})

describe('provenance', () => {
  it.for(listRecordings())('names only keys that were sent: %s', (id) => {
    for (const decoded of decodeRecording(loadRecording(id)).spans) {
      const sent = new Set([...Object.keys(decoded.attributes), ...decoded.events.map((event) => event.name)])
      for (const event of decoded.events) for (const key in event.attributes) sent.add(key)
      for (const [field, source] of Object.entries(toCanonical(decoded).sources ?? {})) {
        const key = source.slice(0, source.lastIndexOf('#'))
        const isSent = sent.has(key) || [...sent].some((known) => known.startsWith(`${key}.`))
        expect(isSent || notAttributes.has(key) ? '' : `${field}: ${source}`).toBe('')
      }
    }
  })
})

/** Sources that are a part of the span but no attribute. */
const notAttributes = new Set(['name', 'scope', 'status', 'exception', 'model'])

describe('never throws', () => {
  const oddValues: AttributeMap[string][] = [
    null,
    '',
    'text',
    '{"broken',
    '"\\"twice\\""',
    '[]',
    '[null,1,"x",{}]',
    '{"role":5,"parts":{"type":"text"}}',
    0n,
    -1n,
    Number.NaN,
    true,
    new Uint8Array([1, 2]),
    [],
    [null, ['nested'], { a: 1n }],
    { role: 'user', parts: [{ type: 'text', content: 'x' }] },
  ]

  const onePerSdk = [...new Map(listRecordings().map((id) => [id.split('/')[0], id])).values()]

  it.for(onePerSdk)('on odd values under the keys of %s', (id) => {
    const { spans } = decodeRecording(loadRecording(id))
    const tried = new Set<string>()
    for (const span of spans) {
      for (const key of Object.keys(span.attributes)) {
        if (tried.has(key)) continue
        tried.add(key)
        for (const value of oddValues) {
          expect(toCanonical(withAttribute(span, key, value)).name).toBe(span.name)
        }
      }
    }
  })
})

describe('bounds depth', () => {
  const depth = 50_000
  const deepTexts = [
    '['.repeat(depth) + ']'.repeat(depth),
    `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
    `[{"role":"user","parts":[{"type":"tool_call_response","response":${'['.repeat(depth)}${']'.repeat(depth)}}]}]`,
  ]

  it.for([
    'gen_ai.input.messages',
    'gen_ai.tool.call.arguments',
    'ai.response.toolCalls',
    'input.value',
    'metadata',
    'genkit:output',
  ])('of JSON under %s, and keeps it as text', (key) => {
    for (const text of deepTexts) {
      const attributes = { 'genkit:type': 'action', 'gen_ai.operation.name': 'chat', [key]: text }
      const span = toCanonical(makeDecodedSpan({ attributes }))
      expect(restoreAttributes(span)[key]).toBe(text)
      expect(JSON.stringify(span.inputMessages ?? []).length).toBeLessThan(1_000)
    }
  })

  it('of native values, when they become JSON', () => {
    let nested: AttributeMap[string] = 'x'
    for (let level = 0; level < depth; level++) nested = [nested]
    const span = toWireSpan(toCanonical(makeDecodedSpan({ attributes: { nested, 'input.value': nested } })))
    expect(JSON.stringify(span.attributes).length).toBeLessThan(1_000)
  })
})

function withAttribute(span: DecodedSpan, key: string, value: AttributeMap[string]): DecodedSpan {
  return { ...span, attributes: { ...span.attributes, [key]: value } }
}

function withoutNulls(attributes: AttributeMap): object {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null))
}
