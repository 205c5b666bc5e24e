import { makeLogs, makeSpan, makeTraces, toProtobuf, type Json } from './make-export.ts'
import { otlpTypes } from './otlp-proto.ts'

/** Every field and every kind of value that a span may carry. */
export function richTraces(): Json {
  return makeTraces([
    makeSpan({
      attributes: {
        text: 'grüße 🎈',
        'with:colon': true,
        int: 9_223_372_036_854_775_807n,
        negative: -5n,
        double: 0.1,
        bytes: new Uint8Array([0, 255]),
        list: ['a', 1n, null, [2.5]],
        map: { deep: { er: 'x' } },
        none: null,
        ['__proto__']: 'own',
      },
      extra: {
        parentSpanId: '1111111111111111',
        traceState: 'a=b',
        flags: 257,
        status: { code: 2, message: 'boom' },
        events: [
          {
            name: 'exception',
            timeUnixNano: '1763680000000000001',
            attributes: [{ key: 'a', value: { intValue: '1' } }],
          },
        ],
        links: [
          {
            traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
            spanId: '2222222222222222',
            traceState: 'x=y',
            attributes: [],
          },
        ],
      },
    }),
    makeSpan({ spanId: '00f067aa0ba902b8', endMs: 0 }),
  ])
}

/** Every field that a log record may carry. */
export function richLogs(): Json {
  return makeLogs([
    {
      timeUnixNano: '1763680000000000001',
      observedTimeUnixNano: '1763680000000000002',
      severityNumber: 9,
      severityText: 'INFO',
      eventName: 'gen_ai.choice',
      body: { kvlistValue: { values: [{ key: 'content', value: { stringValue: 'hi' } }] } },
      attributes: [{ key: 'a', value: { boolValue: false } }],
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      spanId: '00f067aa0ba902b7',
    },
  ])
}

export function makeRichTraces(): Buffer {
  return toProtobuf(richTraces())
}

export function makeRichLogs(): Buffer {
  return toProtobuf(richLogs(), otlpTypes.logs)
}
