import { trace } from '@opentelemetry/api'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { ClewTracing } from './clew-tracing.ts'
import { setup } from './setup.ts'
import { agentSpan, manualSpan, startManualSpan } from './spans/span-functions.ts'
import { startSink } from './testing/start-sink.ts'
import type { Sink } from './testing/start-sink.ts'

let sink: Sink
let clew: ClewTracing

beforeEach(async () => {
  sink = await startSink()
  clew = setup({
    endpoint: sink.url,
    token: 'test-token',
    serviceName: 'shop',
    exitHooks: false,
    autoInstrument: false,
  })
})

afterEach(async () => {
  await clew.shutdown()
  await sink.close()
})

test('a run arrives as one tree with inputs, outputs and the key', async () => {
  const answer = await agentSpan(
    { agentId: 'support', agentName: 'Support Agent', role: 'triage' },
    async (span) => {
      span.setInput('Where is my tent?')
      const order = await manualSpan(
        { spanName: 'lookup_order', spanKind: 'TOOL', input: { id: 7 } },
        (tool) => {
          tool.setOutput({ status: 'shipped' })
          return Promise.resolve('shipped')
        },
      )
      span.setOutput(order)
      return order
    },
  )
  await clew.forceFlush()
  expect(answer).toBe('shipped')
  const agent = sink.span('Support Agent')
  const tool = sink.span('lookup_order')
  expect(tool.parentSpanId).toBe(agent.spanId)
  expect(agent.attributes).toMatchObject({
    'openinference.span.kind': 'AGENT',
    'agent.id': 'support',
    'agent.role': 'triage',
    'input.value': 'Where is my tent?',
    'output.value': 'shipped',
  })
  expect(tool.attributes).toMatchObject({
    'openinference.span.kind': 'TOOL',
    'tool.name': 'lookup_order',
    'input.value': '{"id":7}',
  })
  expect(agent.resource).toMatchObject({ 'service.name': 'shop', 'telemetry.sdk.name': '@clew/sdk' })
  expect(agent.status.code).toBe(1)
  expect(sink.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer test-token',
    'content-encoding': 'gzip',
  })
})

test('identity reaches every descendant, and a sub-agent does not take its parent’s name', async () => {
  agentSpan(
    {
      agentId: 'support',
      agentName: 'Support Agent',
      role: 'triage',
      agentVersion: '2.14.0',
      sessionId: 's_1',
      userId: 'c_8812',
      tenantId: 'halden',
      runId: 'goal_1',
      tags: ['refund'],
    },
    () => {
      manualSpan({ spanName: 'step' }, () => trace.getTracer('other').startSpan('foreign').end())
      agentSpan({ agentId: 'billing', tags: ['money'] }, () =>
        manualSpan({ spanName: 'inner' }, () => undefined),
      )
    },
  )
  await clew.forceFlush()
  const shared = {
    'session.id': 's_1',
    'user.id': 'c_8812',
    'clew.tenant.id': 'halden',
    'clew.run.id': 'goal_1',
  }
  for (const name of ['Support Agent', 'step', 'foreign']) {
    expect(sink.span(name).attributes).toMatchObject({
      ...shared,
      'agent.name': 'Support Agent',
      'clew.agent.version': '2.14.0',
      'tag.tags': ['refund'],
    })
  }
  for (const name of ['billing', 'inner']) {
    const { attributes } = sink.span(name)
    expect(attributes).toMatchObject({
      ...shared,
      'agent.id': 'billing',
      'agent.name': 'billing',
      'tag.tags': ['refund', 'money'],
    })
    expect(attributes).not.toHaveProperty('agent.role')
    expect(attributes).not.toHaveProperty('clew.agent.version')
  }
})

test('a running span is announced, grows, and wins when it ends', async () => {
  const running = startManualSpan({ spanName: 'long', input: 'q' })
  await vi.waitFor(() => expect(sink.all()).toHaveLength(1), 2000)
  expect(sink.all()[0]).toMatchObject({
    name: 'long',
    endTimeUnixNano: '0',
    attributes: { 'clew.span.state': 'running', 'input.value': 'q' },
  })
  running.handle.setOutput('half').setInput('r')
  await vi.waitFor(() => expect(sink.all()).toHaveLength(2), 4000)
  expect(sink.all()[1]?.attributes).toMatchObject({ 'output.value': 'half', 'clew.span.snapshot': 1 })
  running.handle.setOutput('whole').end()
  await clew.forceFlush()
  expect(sink.span('long').attributes).toMatchObject({ 'output.value': 'whole' })
  expect(sink.span('long').attributes).not.toHaveProperty('clew.span.state')
})

test('secrets do not leave the process, and the ledger says where they were', async () => {
  const key = ['sk-', 'proj-', 'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0dF'].join('')
  await expect(
    agentSpan({ agentId: 'a' }, (span) => {
      span.setInput(`use ${key}`)
      return Promise.reject(new Error(`401 for ${key}`))
    }),
  ).rejects.toThrow('401')
  await clew.forceFlush()
  const span = sink.span('a')
  expect(JSON.stringify(span)).not.toContain(key)
  expect(span.attributes['input.value']).toBe('use [redacted:openai-key]')
  expect(String(span.attributes['clew.redactions'])).toContain('"path":"attributes.input.value"')
})

test('a second setup joins the first and both may shut down', async () => {
  const second = setup({ endpoint: sink.url, exitHooks: false, autoInstrument: false })
  manualSpan({ spanName: 'one' }, () => undefined)
  await second.shutdown()
  manualSpan({ spanName: 'two' }, () => undefined)
  await clew.forceFlush()
  expect(sink.spans().map((span) => span.name)).toEqual(['one', 'two'])
})

test('after a shutdown a new setup traces to its own endpoint', async () => {
  await clew.shutdown()
  const other = await startSink()
  clew = setup({ endpoint: other.url, serviceName: 'second', exitHooks: false, autoInstrument: false })
  manualSpan({ spanName: 'later' }, () => undefined)
  await clew.forceFlush()
  expect(other.span('later').resource['service.name']).toBe('second')
  expect(sink.spans()).toEqual([])
  await other.close()
})
