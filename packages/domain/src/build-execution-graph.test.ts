import { describe, expect, test } from 'vitest'
import { buildExecutionGraph } from './build-execution-graph.ts'
import { makeSpan } from './testing/make-span.ts'

function edgesOf(spans: ReturnType<typeof makeSpan>[]): string[] {
  return buildExecutionGraph({ graphId: 'g', spans }).edges.map(
    (edge) => `${edge.from} ${edge.type} ${edge.to}`,
  )
}

function endsWithin(ms: number): { endTimeUnixNano: string } {
  return { endTimeUnixNano: String(ms * 1_000_000 + 412_000) }
}

describe('buildExecutionGraph', () => {
  test('model, tool and model after one another flow in order, the first from its agent', () => {
    expect(
      edgesOf([
        makeSpan({ id: 'agent', kind: 'AGENT', start: 0, end: 100 }),
        makeSpan({ id: 'ask', kind: 'LLM', parent: 'agent', start: 1, end: 10 }),
        makeSpan({ id: 'look', kind: 'TOOL', parent: 'agent', start: 10, end: 20 }),
        makeSpan({ id: 'answer', kind: 'LLM', parent: 'agent', start: 20, end: 30 }),
      ]),
    ).toEqual(['agent parent ask', 'ask flow look', 'look flow answer'])
  })

  test('parallel tools branch from one step and meet in a join', () => {
    expect(
      edgesOf([
        makeSpan({ id: 'agent', kind: 'AGENT', start: 0, end: 100 }),
        makeSpan({ id: 'ask', kind: 'LLM', parent: 'agent', start: 1, end: 10 }),
        makeSpan({ id: 'left', kind: 'TOOL', parent: 'agent', start: 11, end: 20 }),
        makeSpan({ id: 'right', kind: 'TOOL', parent: 'agent', start: 12, end: 19 }),
        makeSpan({ id: 'answer', kind: 'LLM', parent: 'agent', start: 21, end: 30 }),
      ]),
    ).toEqual([
      'agent parent ask',
      'ask flow left',
      'ask flow right',
      'left join join:answer',
      'right join join:answer',
      'join:answer flow answer',
    ])
  })

  test('the next turn of the same agent follows, a turn of another one is a hand-off', () => {
    expect(
      edgesOf([
        makeSpan({ id: 'workflow', kind: 'AGENT', start: 0, end: 100 }),
        makeSpan({ id: 'first', kind: 'AGENT', parent: 'workflow', start: 1, end: 10, agent: { name: 'a' } }),
        makeSpan({
          id: 'again',
          kind: 'AGENT',
          parent: 'workflow',
          start: 11,
          end: 20,
          agent: { name: 'a' },
        }),
        makeSpan({
          id: 'other',
          kind: 'AGENT',
          parent: 'workflow',
          start: 21,
          end: 30,
          agent: { name: 'b' },
        }),
      ]),
    ).toEqual(['workflow handoff first', 'first flow again', 'again handoff other'])
  })

  test('a chain that bears its agent name is an agent, and is handed the work', () => {
    const { nodes, edges } = buildExecutionGraph({
      graphId: 'g',
      spans: [
        makeSpan({ id: 'support', kind: 'CHAIN', start: 0, end: 100 }),
        makeSpan({ id: 'route', kind: 'LLM', parent: 'support', start: 1, end: 10 }),
        makeSpan({
          id: 'weather',
          kind: 'CHAIN',
          parent: 'support',
          start: 11,
          end: 50,
          agent: { name: 'weather' },
        }),
        makeSpan({
          id: 'model_request',
          kind: 'CHAIN',
          parent: 'weather',
          start: 12,
          end: 40,
          agent: { name: 'weather' },
          inherited: ['agent'],
        }),
        makeSpan({ id: 'ask', kind: 'LLM', parent: 'model_request', start: 13, end: 30 }),
      ],
    })
    expect(nodes.map((node) => `${node.type} ${node.label}`).toSorted()).toEqual([
      'agent weather',
      'llm ask',
      'llm route',
    ])
    expect(edges.map((edge) => `${edge.from} ${edge.type} ${edge.to}`)).toEqual([
      'route handoff weather',
      'weather parent ask',
    ])
  })

  test('a start cut to the millisecond still follows the end that it seems to precede', () => {
    expect(
      edgesOf([
        makeSpan({ id: 'agent', kind: 'AGENT', start: 0, end: 100 }),
        makeSpan({ id: 'ask', kind: 'LLM', parent: 'agent', start: 1, end: 10, ...endsWithin(10) }),
        makeSpan({ id: 'look', kind: 'TOOL', parent: 'agent', start: 10, end: 20, ...endsWithin(20) }),
        makeSpan({ id: 'answer', kind: 'LLM', parent: 'agent', start: 20, end: 30 }),
      ]),
    ).toEqual(['agent parent ask', 'ask flow look', 'look flow answer'])
  })

  test('wide fan-out after wide fan-out shares one join instead of multiplying edges', () => {
    const first = Array.from({ length: 50 }, (_, i) =>
      makeSpan({ id: `a${i}`, kind: 'TOOL', parent: 'agent', start: 1, end: 10 }),
    )
    const second = Array.from({ length: 50 }, (_, i) =>
      makeSpan({ id: `b${i}`, kind: 'TOOL', parent: 'agent', start: 11, end: 20 }),
    )
    const edges = edgesOf([makeSpan({ id: 'agent', kind: 'AGENT', start: 0, end: 30 }), ...first, ...second])
    expect(edges).toHaveLength(50 + 50 + 50)
  })

  test('a nested agent is handed something and returns; chains between are seen through', () => {
    expect(
      edgesOf([
        makeSpan({ id: 'support', kind: 'AGENT', start: 0, end: 100 }),
        makeSpan({ id: 'triage', kind: 'LLM', parent: 'support', start: 1, end: 10 }),
        makeSpan({ id: 'step', kind: 'CHAIN', parent: 'support', start: 10, end: 50 }),
        makeSpan({ id: 'billing', kind: 'AGENT', parent: 'step', start: 11, end: 50 }),
        makeSpan({ id: 'refund', kind: 'TOOL', parent: 'billing', start: 12, end: 20 }),
        makeSpan({ id: 'answer', kind: 'LLM', parent: 'support', start: 51, end: 60 }),
      ]),
    ).toEqual([
      'support parent triage',
      'triage handoff billing',
      'billing flow answer',
      'billing parent refund',
    ])
  })

  test('the same call after its failure is a retry', () => {
    const call = { tool: { name: 'refund', arguments: '{"id":1}' }, parent: 'agent' }
    expect(
      edgesOf([
        makeSpan({ id: 'agent', kind: 'AGENT', start: 0, end: 100 }),
        makeSpan({ id: 'one', kind: 'TOOL', start: 1, end: 10, status: 'error', ...call }),
        makeSpan({ id: 'two', kind: 'TOOL', start: 11, end: 20, ...call }),
      ]),
    ).toEqual(['agent parent one', 'one retry two'])
  })

  test('counts speak of steps only: a running approval blocks, an error fails', () => {
    const graph = buildExecutionGraph({
      graphId: 'g',
      spans: [
        makeSpan({ id: 'agent', kind: 'AGENT', start: 0 }),
        makeSpan({ id: 'tool', kind: 'TOOL', parent: 'agent', start: 1, end: 2, status: 'error' }),
        makeSpan({ id: 'ok', kind: 'APPROVAL', parent: 'agent', start: 3 }),
      ],
    })
    expect(graph).toMatchObject({ totalSteps: 2, completedSteps: 0, runningSteps: 1, failedSteps: 1 })
    expect(graph.nodes.find((node) => node.id === 'ok')?.status).toBe('blocked')
  })

  test('cycles in foreign parent ids end', () => {
    const graph = buildExecutionGraph({
      graphId: 'g',
      spans: [
        makeSpan({ id: 'a', kind: 'TOOL', parent: 'b', start: 0, end: 1 }),
        makeSpan({ id: 'b', kind: 'TOOL', parent: 'a', start: 0, end: 1 }),
      ],
    })
    expect(graph.nodes).toHaveLength(2)
  })
})
