import { createContextKey, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'

import { LightContext } from './light-context.ts'

const first = createContextKey('first')
const second = createContextKey('second')

describe('a light context', () => {
  it('holds what it was set, on top of what the context below holds', () => {
    const below = ROOT_CONTEXT.setValue(first, 1).setValue(second, 2)
    const context = LightContext.from(below).setValue(second, 3)
    expect([context.getValue(first), context.getValue(second)]).toEqual([1, 3])
    expect(below.getValue(second)).toBe(2)
  })

  it('never changes: what is set or deleted is in the derived one alone', () => {
    const context = LightContext.from(ROOT_CONTEXT).setValue(first, 1)
    const changed = context.setValue(first, 2).setValue(second, 3)
    const deleted = changed.deleteValue(first)
    expect([context.getValue(first), context.getValue(second)]).toEqual([1, undefined])
    expect([changed.getValue(first), changed.getValue(second)]).toEqual([2, 3])
    expect([deleted.getValue(first), deleted.getValue(second)]).toEqual([undefined, 3])
  })

  it('hides what was deleted, also where the context below has it', () => {
    const context = LightContext.from(ROOT_CONTEXT.setValue(first, 1)).deleteValue(first)
    expect(context.getValue(first)).toBeUndefined()
  })

  it('is itself when made from one', () => {
    const context = LightContext.from(ROOT_CONTEXT)
    expect(LightContext.from(context)).toBe(context)
  })

  it('is read and derived by OpenTelemetry as its own', () => {
    const spanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }
    const baggage = propagation.createBaggage({ key: { value: 'value' } })
    const context = propagation.setBaggage(
      trace.setSpanContext(LightContext.from(ROOT_CONTEXT), spanContext),
      baggage,
    )
    expect(trace.getSpanContext(context)).toEqual(spanContext)
    expect(propagation.getBaggage(context)?.getEntry('key')?.value).toBe('value')
    expect(trace.getSpan(trace.deleteSpan(context))).toBeUndefined()
  })
})
