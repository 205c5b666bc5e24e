import type { CanonicalLog, JsonValue, WireSpan } from '@clew/semconv/span'
import { describe, expect, it } from 'vitest'
import { assembleTrace } from './assemble-trace.ts'
import { makeSpan } from './testing/make-span.ts'

function byId(spans: readonly WireSpan[], id: string): WireSpan {
  const found = spans.find((span) => span.spanId === id)
  if (found === undefined) throw new Error(`no span ${id}`)
  return found
}

function log(at: number, eventName: string, body: JsonValue): CanonicalLog<JsonValue> {
  return {
    spanId: 'llm',
    timeUnixNano: `${at}`,
    eventName,
    body,
    attributes: {},
    resource: {},
    scope: 'test',
  }
}

describe('the tree', () => {
  it('keeps one span per id: the ended one, whichever came first', () => {
    const ended = makeSpan({ id: 'a', kind: 'AGENT', start: 1, end: 9 })
    const running = makeSpan({ id: 'a', kind: 'AGENT', start: 1 })
    for (const spans of [
      [running, ended],
      [ended, running],
    ]) {
      expect(assembleTrace({ spans }).spans).toMatchObject([{ spanId: 'a', state: 'ended' }])
    }
  })

  it('makes a span whose parent has not been seen a provisional root, and says so', () => {
    const { spans, trace } = assembleTrace({
      spans: [makeSpan({ id: 'child', parent: 'late', kind: 'LLM', start: 2, end: 3 })],
    })
    expect(spans[0]).toMatchObject({ parentMissing: true })
    expect(trace).toMatchObject({ name: 'child', rootSpanId: 'child', spanCount: 1 })
  })

  it('says by how much a span starts before its parent, and changes no time', () => {
    const { spans } = assembleTrace({
      spans: [
        makeSpan({ id: 'parent', kind: 'AGENT', start: 5000, end: 9000 }),
        makeSpan({ id: 'early', parent: 'parent', kind: 'LLM', start: 2000, end: 3000 }),
        makeSpan({ id: 'fair', parent: 'parent', kind: 'LLM', start: 5000, end: 6000 }),
      ],
    })
    const early = makeSpan({ id: 'early', parent: 'parent', kind: 'LLM', start: 2000, end: 3000 })
    expect(byId(spans, 'early')).toMatchObject({
      startTimeUnixNano: early.startTimeUnixNano,
      clockSkew: { beforeParentNs: '3000000000' },
    })
    expect(byId(spans, 'fair').clockSkew).toBeUndefined()
    expect(byId(spans, 'parent').clockSkew).toBeUndefined()
  })

  it('takes the span that names no parent as root, also when orphans started before', () => {
    const { trace } = assembleTrace({
      spans: [
        makeSpan({ id: 'orphan', parent: 'late', kind: 'LLM', start: 1, end: 3 }),
        makeSpan({ id: 'root', kind: 'AGENT', start: 2, end: 9 }),
      ],
    })
    expect(trace.rootSpanId).toBe('root')
  })

  it('ends on cycles in parent ids, and loses no span to them', () => {
    const spans = [
      makeSpan({ id: 'a', parent: 'c', kind: 'CHAIN', start: 1, end: 9 }),
      makeSpan({ id: 'b', parent: 'a', kind: 'CHAIN', start: 2, end: 8 }),
      makeSpan({ id: 'c', parent: 'b', kind: 'LLM', start: 3, end: 7, usage: { input: 1, output: 1 } }),
      makeSpan({ id: 'self', parent: 'self', kind: 'CHAIN', start: 4, end: 5 }),
    ]
    const assembled = assembleTrace({ spans })
    expect(assembled.spans.map((span) => span.spanId)).toEqual(['a', 'b', 'c', 'self'])
    expect(assembled.trace.usage).toMatchObject({ input: 1, output: 1 })
  })

  it('orders spans by start, parents before children at equal starts', () => {
    const { spans } = assembleTrace({
      spans: [
        makeSpan({ id: 'late', parent: 'root', kind: 'TOOL', start: 5, end: 6 }),
        makeSpan({ id: 'child', parent: 'root', kind: 'LLM', start: 1, end: 2 }),
        makeSpan({ id: 'root', kind: 'AGENT', start: 1, end: 9 }),
      ],
    })
    expect(spans.map((span) => span.spanId)).toEqual(['root', 'child', 'late'])
  })

  it('gives the same order however the spans arrived', () => {
    const spans = ['b', 'a', 'c'].map((id) =>
      makeSpan({ id, parent: 'root', kind: 'TOOL', start: 2, end: 3 }),
    )
    const orders = [spans, spans.toReversed()].map((given) => {
      const all = [...given, makeSpan({ id: 'root', kind: 'AGENT', start: 2, end: 9 })]
      return assembleTrace({ spans: all }).spans.map((span) => span.spanId)
    })
    expect(orders).toEqual([
      ['root', 'a', 'b', 'c'],
      ['root', 'a', 'b', 'c'],
    ])
  })

  it('does not change the spans that it was given', () => {
    const given = [
      makeSpan({ id: 'root', kind: 'AGENT', start: 1, end: 9, sessionId: 's' }),
      makeSpan({ id: 'child', parent: 'root', kind: 'LLM', start: 2, end: 3 }),
    ]
    const before = structuredClone(given)
    assembleTrace({ spans: given })
    expect(given).toEqual(before)
  })

  it('assembles 50,000 spans nested as deep as they are many, in seconds', () => {
    const spans = Array.from({ length: 50_000 }, (_, index) =>
      makeSpan({
        id: `${index}`,
        kind: index === 49_999 ? 'LLM' : 'CHAIN',
        start: index,
        end: 100_000,
        ...(index === 0 ? { sessionId: 's' } : { parent: `${index - 1}` }),
        ...(index === 49_999 ? { usage: { input: 3, output: 4 }, status: 'error' as const } : {}),
      }),
    )
    const { trace, spans: assembled } = assembleTrace({ spans: spans.toReversed(), now: 1_000 })
    expect(trace).toMatchObject({ spanCount: 50_000, usage: { input: 3, output: 4 }, errorCount: 1 })
    expect(assembled.at(-1)).toMatchObject({ sessionId: 's', inherited: ['sessionId'] })
  }, 20_000)
})

describe('inheritance', () => {
  const identity = { sessionId: 's', userId: 'u', tenantId: 't', runId: 'r', agent: { name: 'triage' } }

  it('lets session, user, tenant, run and agent flow down, and marks what it filled in', () => {
    const { spans } = assembleTrace({
      spans: [
        makeSpan({ id: 'root', kind: 'AGENT', start: 1, end: 9, ...identity }),
        makeSpan({ id: 'tool', parent: 'root', kind: 'TOOL', start: 2, end: 8, userId: 'own' }),
        makeSpan({ id: 'llm', parent: 'tool', kind: 'LLM', start: 3, end: 4 }),
      ],
    })
    expect(byId(spans, 'llm')).toMatchObject({ ...identity, userId: 'own' })
    expect(byId(spans, 'llm').inherited).toEqual(['sessionId', 'userId', 'tenantId', 'runId', 'agent'])
    expect(byId(spans, 'tool').inherited).not.toContain('userId')
    expect(byId(spans, 'root').inherited).toBeUndefined()
  })

  it('gives a sub-agent without a name, and what runs below it, no name of its parent', () => {
    const { spans } = assembleTrace({
      spans: [
        makeSpan({ id: 'root', kind: 'AGENT', start: 1, end: 9, ...identity }),
        makeSpan({ id: 'sub', parent: 'root', kind: 'AGENT', start: 2, end: 8 }),
        makeSpan({ id: 'llm', parent: 'sub', kind: 'LLM', start: 3, end: 4 }),
      ],
    })
    expect(byId(spans, 'sub').agent).toBeUndefined()
    expect(byId(spans, 'llm').agent).toBeUndefined()
    expect(byId(spans, 'llm').sessionId).toBe('s')
  })

  it('takes an unnamed loop of the AI SDK for the work of the agent around it', () => {
    const { spans } = assembleTrace({
      spans: [
        makeSpan({ id: 'root', kind: 'AGENT', start: 1, end: 9, ...identity }),
        makeSpan({ id: 'loop', parent: 'root', kind: 'AGENT', start: 2, end: 8, dialect: 'ai-sdk' }),
        makeSpan({ id: 'llm', parent: 'loop', kind: 'LLM', start: 3, end: 4, dialect: 'ai-sdk' }),
      ],
    })
    expect(byId(spans, 'llm').agent).toEqual({ name: 'triage' })
  })
})

describe('the header', () => {
  it('keeps a failed run apart from one that has an error inside', () => {
    const root = makeSpan({ id: 'root', kind: 'AGENT', start: 1, end: 9, output: 'done' })
    const tool = makeSpan({
      id: 'tool',
      parent: 'root',
      kind: 'TOOL',
      start: 2,
      end: 3,
      status: 'error',
      errorMessage: 'BOOM',
    })
    const recovered = assembleTrace({ spans: [root, tool] }).trace
    expect(recovered).toMatchObject({ status: 'unset', hasError: true, errorCount: 1, errorMessage: 'BOOM' })
    const failed = assembleTrace({ spans: [{ ...root, status: 'error' }, tool] }).trace
    expect(failed).toMatchObject({ status: 'error', hasError: true })
  })

  it('calls a run failed whose root says nothing but whose last act failed without an answer', () => {
    const { trace } = assembleTrace({
      spans: [
        makeSpan({ id: 'root', kind: 'AGENT', start: 1, end: 9 }),
        makeSpan({ id: 'llm', parent: 'root', kind: 'LLM', start: 2, end: 3, status: 'error' }),
      ],
    })
    expect(trace.status).toBe('error')
  })

  it('names the first error in causal order, not the first that was told', () => {
    const { trace } = assembleTrace({
      spans: [
        makeSpan({ id: 'root', kind: 'AGENT', start: 1, end: 9, status: 'error', errorMessage: 'gave up' }),
        makeSpan({ id: 'step', parent: 'root', kind: 'CHAIN', start: 2, end: 8, status: 'error' }),
        makeSpan({
          id: 'tool',
          parent: 'step',
          kind: 'TOOL',
          start: 3,
          end: 4,
          status: 'error',
          errorMessage: 'refused',
          errorType: 'E',
        }),
        makeSpan({ id: 'later', parent: 'step', kind: 'TOOL', start: 5, end: 6, status: 'error' }),
      ],
    })
    expect(trace.firstError).toEqual({ spanId: 'tool', name: 'tool', message: 'refused', type: 'E' })
  })

  it('names what runs: the deepest open span, the newest of equals', () => {
    const { trace } = assembleTrace({
      spans: [
        makeSpan({ id: 'root', kind: 'AGENT', start: 1 }),
        makeSpan({ id: 'first', parent: 'root', kind: 'TOOL', start: 2 }),
        makeSpan({ id: 'second', parent: 'root', kind: 'TOOL', start: 3 }),
        makeSpan({ id: 'done', parent: 'second', kind: 'LLM', start: 4, end: 5 }),
      ],
      now: 10,
    })
    expect(trace).toMatchObject({
      status: 'running',
      currentStep: { spanId: 'second' },
      durationNs: '9000000',
    })
    expect(trace.endTimeUnixNano).toBeUndefined()
  })

  it('shows what a person would call the input and output', () => {
    const { trace } = assembleTrace({
      spans: [
        makeSpan({
          id: 'root',
          kind: 'AGENT',
          start: 1,
          end: 9,
          input: '{"system":"Be brief.","prompt":"Weather in Paris?"}',
          output: '"22C and sunny"',
        }),
      ],
    })
    expect(trace).toMatchObject({
      name: 'root',
      inputPreview: 'Weather in Paris?',
      outputPreview: '22C and sunny',
    })
  })

  it('lists agents, models, tools, sessions and users once, in the order in which they appear', () => {
    const { trace } = assembleTrace({
      spans: [
        makeSpan({
          id: 'root',
          kind: 'AGENT',
          start: 1,
          end: 9,
          agent: { name: 'b' },
          sessionId: 's',
          userId: 'u',
        }),
        makeSpan({ id: 'sub', parent: 'root', kind: 'AGENT', start: 2, end: 8, agent: { name: 'a' } }),
        makeSpan({ id: 'x', parent: 'sub', kind: 'LLM', start: 3, end: 4, model: 'm2' }),
        makeSpan({ id: 'y', parent: 'sub', kind: 'LLM', start: 4, end: 5, model: 'm1' }),
        makeSpan({ id: 'z', parent: 'sub', kind: 'LLM', start: 5, end: 6, model: 'm2' }),
        makeSpan({ id: 't', parent: 'sub', kind: 'TOOL', start: 6, end: 7, tool: { name: 'look_up' } }),
      ],
    })
    expect(trace).toMatchObject({
      agents: ['b', 'a'],
      models: ['m2', 'm1'],
      tools: ['look_up'],
      sessionIds: ['s'],
      userIds: ['u'],
      llmCount: 3,
      toolCount: 1,
    })
  })
})

describe('what never ends by itself', () => {
  it('counts as lost after an hour without a sign of life', () => {
    const spans = [makeSpan({ id: 'root', kind: 'AGENT', start: 1 })]
    expect(assembleTrace({ spans, now: 1_000 }).trace.status).toBe('running')
    expect(assembleTrace({ spans, now: 3_700_000 }).trace.status).toBe('lost')
    expect(assembleTrace({ spans }).trace.status).toBe('running')
  })

  it('does not count as lost while it is repeated, however long it takes', () => {
    const observed = { observedTimeUnixNano: '3700000000000' }
    const spans = [makeSpan({ id: 'root', kind: 'AGENT', start: 1, ...observed })]
    expect(assembleTrace({ spans, now: 3_701_000 }).trace.status).toBe('running')
  })

  it('has a duration that stands still once it is lost', () => {
    const spans = [makeSpan({ id: 'root', kind: 'AGENT', start: 1, observedTimeUnixNano: '9000000' })]
    const at = (now: number) => assembleTrace({ spans, now }).trace
    expect(at(4_000_000)).toMatchObject({ status: 'lost', durationNs: '8000000' })
    expect(at(5_000_000)).toEqual(at(4_000_000))
  })

  it('is lost half a minute after its root has ended', () => {
    const spans = [
      makeSpan({ id: 'root', kind: 'AGENT', start: 1, end: 5, status: 'ok' }),
      makeSpan({ id: 'open', parent: 'root', kind: 'TOOL', start: 2 }),
    ]
    const { trace, spans: settled } = assembleTrace({ spans, now: 60_000 })
    expect(byId(settled, 'open').state).toBe('lost')
    expect(trace.status).toBe('ok')
  })

  it('runs while a parent that was named may still arrive', () => {
    const spans = [makeSpan({ id: 'child', parent: 'late', kind: 'LLM', start: 1, end: 5, status: 'ok' })]
    expect(assembleTrace({ spans, now: 10_000 }).trace.status).toBe('running')
    expect(assembleTrace({ spans, now: 60_000 }).trace.status).toBe('ok')
  })
})

describe('logs', () => {
  it('gives a model call the messages that its log records hold, in the order of time', () => {
    const { spans } = assembleTrace({
      spans: [makeSpan({ id: 'llm', kind: 'LLM', start: 1, end: 9 })],
      logs: [
        log(3, 'gen_ai.choice', { index: 0, message: { content: 'Hi.' } }),
        log(2, 'gen_ai.user.message', { content: 'Hello' }),
        log(1, 'gen_ai.system.message', {}),
        log(4, 'unrelated', { content: 'no' }),
      ],
    })
    expect(spans[0]).toMatchObject({
      inputMessages: [{ role: 'system' }, { role: 'user', content: 'Hello' }],
      outputMessages: [{ role: 'assistant', content: 'Hi.' }],
      input: 'Hello',
      output: 'Hi.',
    })
  })
})

describe('what frameworks leave on the span around', () => {
  it("takes Mastra's messages and tool calls from the step, and says so", () => {
    const { spans } = assembleTrace({
      spans: [
        makeSpan({
          id: 'step',
          kind: 'CHAIN',
          dialect: 'mastra',
          start: 1,
          end: 9,
          inputMessages: [{ role: 'user', content: 'Hi' }],
          outputMessages: [{ role: 'assistant', toolCalls: [{ id: 'c', name: 'f' }] }],
          sources: {
            inputMessages: 'mastra.model_step.input#json',
            outputMessages: 'mastra.model_step.output#step',
          },
        }),
        makeSpan({ id: 'llm', parent: 'step', kind: 'LLM', dialect: 'mastra', start: 2, end: 8 }),
      ],
    })
    expect(byId(spans, 'llm')).toMatchObject({
      inputMessages: [{ role: 'user', content: 'Hi' }],
      outputToolCalls: [{ id: 'c', name: 'f' }],
      sources: {
        inputMessages: 'mastra.model_step.input#from-parent',
        outputToolCalls: 'mastra.model_step.output#from-parent',
      },
    })
  })
})
