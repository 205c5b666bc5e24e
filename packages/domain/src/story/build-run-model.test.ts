import { describe, expect, it } from 'vitest'
import { agentLabel, buildRunModel, nodeLabel } from './build-run-model.ts'
import { findErrors } from './find-errors.ts'
import { makeRun } from '../testing/make-run.ts'

describe('buildRunModel', () => {
  it('orders parents before children and siblings by start, in milliseconds after the start', () => {
    const model = buildRunModel(
      makeRun([
        { id: 'late', in: 'root', at: 30, for: 5 },
        { id: 'early', in: 'root', at: 10.5, for: 5 },
        { id: 'root', at: 0, for: 50 },
      ]),
    )
    expect(model.nodes.map((node) => node.id)).toEqual(['root', 'early', 'late'])
    expect(model.byId.get('early')?.startMs).toBe(10.5)
    expect(model.lastMs).toBe(50)
  })

  it('never drops a span: orphans and circles become roots', () => {
    const model = buildRunModel(
      makeRun([
        { id: 'orphan', in: 'unseen', at: 1, for: 1 },
        { id: 'a', in: 'b', at: 2, for: 1 },
        { id: 'b', in: 'a', at: 3, for: 1 },
        { id: 'self', in: 'self', at: 4, for: 1 },
      ]),
    )
    expect(model.nodes.map((node) => node.id).toSorted()).toEqual(['a', 'b', 'orphan', 'self'])
    expect(model.roots.map((node) => node.id).toSorted()).toEqual(['a', 'orphan', 'self'])
  })

  it('takes a depth of 20,000 without overflowing the stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => ({
      id: `s${i}`,
      ...(i === 0 ? {} : { in: `s${i - 1}` }),
      at: i,
      for: 1,
    }))
    expect(buildRunModel(makeRun(chain)).nodes.at(-1)?.depth).toBe(19_999)
  })

  it('shows a call recorded twice once, and hangs what is below the second recording on the first', () => {
    const model = buildRunModel(
      makeRun([
        { id: 'call', kind: 'LLM', at: 0, for: 10 },
        { id: 'again', in: 'call', kind: 'LLM', duplicateOf: 'call', at: 1, for: 8 },
        { id: 'below', in: 'again', at: 2, for: 3 },
      ]),
    )
    expect(model.nodes.map((node) => node.id)).toEqual(['call', 'below'])
    expect(model.byId.get('call')?.duplicates.map((span) => span.spanId)).toEqual(['again'])
    expect(model.duplicateCount).toBe(1)
  })
})

describe('agents', () => {
  it('knows whose work a span is, and sees no second agent in an unnamed wrapper', () => {
    const model = buildRunModel(
      makeRun([
        { id: 'support', kind: 'AGENT', agent: { name: 'Support' }, at: 0, for: 100 },
        { id: 'wrapper', in: 'support', kind: 'AGENT', at: 1, for: 20 },
        { id: 'think', in: 'wrapper', kind: 'LLM', model: 'gpt-5-mini', at: 2, for: 10 },
        { id: 'billing', in: 'support', kind: 'AGENT', agent: { name: 'Billing' }, at: 30, for: 20 },
        { id: 'pay', in: 'billing', kind: 'TOOL', tool: { name: 'refund' }, at: 31, for: 2 },
      ]),
    )
    const whose = (id: string) => {
      const agent = model.byId.get(id)?.agent
      return agent && agentLabel(agent)
    }
    expect([whose('think'), whose('billing'), whose('pay')]).toEqual(['Support', 'Billing', 'Billing'])
    expect(model.nodes.map(nodeLabel)).toEqual(['Support', 'wrapper', 'gpt-5-mini', 'Billing', 'refund'])
  })
})

describe('steps', () => {
  it('counts calls, handoffs and failures in the order of start, and no wrappers', () => {
    const model = buildRunModel(
      makeRun([
        { id: 'support', kind: 'AGENT', agent: { name: 'Support' }, at: 0, for: 100 },
        { id: 'think', in: 'support', kind: 'LLM', at: 2, for: 7 },
        { id: 'search', in: 'support', kind: 'RETRIEVER', at: 11, for: 5 },
        { id: 'embed', in: 'search', kind: 'EMBEDDING', at: 12, for: 1 },
        { id: 'billing', in: 'support', kind: 'AGENT', agent: { name: 'Billing' }, at: 20, for: 50 },
        { id: 'refund', in: 'billing', kind: 'TOOL', at: 21, for: 10 },
        { id: 'wrap', in: 'refund', at: 22, for: 8 },
        { id: 'post', in: 'wrap', kind: 'UNKNOWN', status: 'error', at: 23, for: 5 },
        { id: 'get', in: 'wrap', kind: 'UNKNOWN', at: 29, for: 1 },
      ]),
    )
    expect(model.steps.map((node) => [node.step, node.id])).toEqual([
      [1, 'think'],
      [2, 'search'],
      [3, 'billing'],
      [4, 'refund'],
      [5, 'post'],
    ])
  })

  it('falls back to leaves where nothing says what kind it is', () => {
    const model = buildRunModel(
      makeRun([
        { id: 'root', at: 0, for: 9 },
        { id: 'leaf', in: 'root', at: 1, for: 3 },
      ]),
    )
    expect(model.steps.map((node) => node.id)).toEqual(['leaf'])
  })
})

describe('findErrors', () => {
  it('starts with the first error in causal order and leaves out parents that only pass it on', () => {
    const model = buildRunModel(
      makeRun(
        [
          { id: 'root', kind: 'AGENT', status: 'error', at: 0, for: 100 },
          { id: 'tool', in: 'root', kind: 'TOOL', status: 'error', at: 10, for: 30 },
          { id: 'post', in: 'tool', status: 'error', at: 12, for: 20 },
          { id: 'check', in: 'root', kind: 'GUARDRAIL', status: 'error', at: 5, for: 2 },
        ],
        { firstError: { spanId: 'post', name: 'post' } },
      ),
    )
    expect(findErrors(model).map((node) => node.id)).toEqual(['post', 'check'])
  })
})
