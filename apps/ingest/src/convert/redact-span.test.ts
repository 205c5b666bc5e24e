import { createRedactor } from '@clew/privacy'
import type { DecodedSpan } from '@clew/semconv/span'
import { toCanonicalLog } from '@clew/semconv/normalise'
import { expect, test } from 'vitest'
import { redactLog } from './redact-log.ts'
import { redactContext, redactSpan } from './redact-span.ts'

const secret = ['sk-', 'proj-', 'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0dF'].join('')
const redactor = createRedactor()

const decoded: DecodedSpan = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  name: `call with ${secret}`,
  otlpKind: 1,
  startTimeUnixNano: '1763680000000000001',
  endTimeUnixNano: '1763680000000000002',
  statusCode: 2,
  statusMessage: `refused ${secret}`,
  traceState: `vendor=${secret}`,
  attributes: {
    'openinference.span.kind': 'LLM',
    'input.value': `{"prompt":"use ${secret}"}`,
    'output.value': secret,
    'llm.input_messages.0.message.role': 'user',
    'llm.input_messages.0.message.content': `my key is ${secret}`,
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'curl',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': `{"header":"Bearer ${secret}"}`,
    'llm.invocation_parameters': `{"user":"${secret}"}`,
    custom: [secret, { deep: secret }],
    'http.request.header.authorization': 'anything',
    count: 5n,
  },
  events: [
    {
      name: 'exception',
      timeUnixNano: '1763680000000000002',
      attributes: { 'exception.stacktrace': secret },
    },
  ],
  links: [
    { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b8', attributes: { why: secret } },
  ],
  scope: { name: 'test', attributes: { built_with: secret } },
  resource: { 'service.name': 'checkout', 'process.command_args': [`--key=${secret}`] },
}

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item))

test('no text of a span keeps a secret, wherever it stood', () => {
  const { span } = redactSpan(decoded, redactor)
  const { resource, scope } = redactContext(decoded, redactor)
  const text = textOf({ ...span, resource, scope })
  expect(text).not.toContain(secret)
  expect(text).not.toContain('anything')
  expect(span.attributes['count']).toBe(5n)
})

test('the ledger says which rule took something out of which place', () => {
  const redactions = [
    ...redactSpan(decoded, redactor).redactions,
    ...redactContext(decoded, redactor).redactions,
  ]
  const places = redactions.map(({ rule, path }) => `${rule} ${path}`)
  for (const place of [
    'openai-key name',
    'openai-key statusMessage',
    'openai-key traceState',
    'openai-key attributes.input.value',
    'openai-key attributes.llm.input_messages.0.message.content',
    'openai-key events.0.attributes.exception.stacktrace',
    'openai-key links.0.attributes.why',
    'openai-key resource.process.command_args.0',
    'openai-key scope.attributes.built_with',
    'openai-key attributes.custom.1.deep',
    'credential attributes.http.request.header.authorization',
  ]) {
    expect(places).toContain(place)
  }
})

test('a span without secrets is left as it is', () => {
  const span: DecodedSpan = {
    ...decoded,
    name: 'x',
    statusMessage: 'y',
    traceState: 'a=b',
    attributes: { a: 1n },
    events: [],
    links: [],
    resource: {},
  }
  expect(redactSpan(span, redactor).span).toBe(span)
})

test('log bodies and attributes are redacted too', () => {
  const log = toCanonicalLog({
    timeUnixNano: '1763680000000000001',
    body: { content: `key ${secret}` },
    attributes: { note: secret },
    scope: { name: 'test', attributes: {} },
    resource: {},
  })
  const redacted = redactLog(log, redactor)
  expect(textOf(redacted)).not.toContain(secret)
  expect(redacted.redactions?.map(({ path }) => path).toSorted()).toEqual(['attributes.note', 'body.content'])
})
