import { buildExecutionGraph } from '@clew/domain'
import { describe, expect, it } from 'vitest'
import { buildRunModel } from '@clew/domain/story'
import { makeRun } from '@clew/domain/testing'
import type { SpanSketch } from '@clew/domain/testing'
import { layoutLanes } from './layout-lanes.ts'

const refund: SpanSketch[] = [
  { id: 'support', kind: 'AGENT', agent: { name: 'Support' }, input: 'charged twice', at: 0, for: 100 },
  { id: 'decide', in: 'support', kind: 'LLM', at: 1, for: 4 },
  { id: 'billing', in: 'support', kind: 'AGENT', agent: { name: 'Billing' }, at: 10, for: 60 },
  { id: 'plan', in: 'billing', kind: 'LLM', at: 11, for: 4 },
  { id: 'refund', in: 'billing', kind: 'TOOL', status: 'error', at: 20, for: 20 },
  { id: 'marta', in: 'refund', kind: 'APPROVAL', at: 21, for: 10 },
  { id: 'again', in: 'billing', name: 'refund', kind: 'TOOL', retry: { attempt: 2 }, at: 45, for: 5 },
  { id: 'answer', in: 'support', kind: 'LLM', at: 80, for: 10 },
]

describe('layoutLanes', () => {
  const layout = lay(refund)

  it('gives each agent a lane, then tools and checks, then people', () => {
    expect(layout.lanes.map((lane) => [lane.title, lane.stepCount])).toEqual([
      ['Support', 2],
      ['Billing', 1],
      ['Tools and checks', 2],
      ['People', 1],
    ])
  })

  it('lets time run down, one row a step, and draws agents as lanes, not boxes', () => {
    expect(layout.boxes.map((box) => box.id)).toEqual([
      'ask',
      'decide',
      'plan',
      'refund',
      'marta',
      'again',
      'answer',
    ])
    const tops = layout.boxes.map((box) => box.y)
    expect(tops).toEqual(tops.toSorted((a, b) => a - b))
  })

  it('leads the thread from the ask through handoff, approval, retry and return', () => {
    expect(layout.routes.map((route) => [route.id, route.label])).toEqual(
      [
        ['ask>decide', undefined],
        ['decide>plan', '2 hands off'],
        ['marta>again', 'tries again'],
        ['plan>refund', undefined],
        ['refund>marta', 'asks'],
        ['again>answer', 'returns'],
      ].toSorted(byText),
    )
  })

  it('draws only downwards and never to itself', () => {
    for (const route of layout.routes) expect(route.bottom).toBeGreaterThan(route.top)
  })

  it('shows an agent that has done nothing yet', () => {
    const early = lay([
      { id: 'support', kind: 'AGENT', agent: { name: 'Support' }, input: 'charged twice', at: 0 },
    ])
    expect(early.boxes.map((box) => box.id)).toEqual(['ask', 'support'])
  })

  it('lays out 20,000 steps in linear time', () => {
    const many: SpanSketch[] = [{ id: 'a', kind: 'AGENT', at: 0, for: 1e6 }]
    for (let i = 0; i < 20_000; i++)
      many.push({ id: `t${i}`, in: 'a', kind: i % 2 ? 'TOOL' : 'LLM', at: i, for: 1 })
    const before = performance.now()
    expect(lay(many).boxes.length).toBe(20_000)
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})

function lay(sketches: readonly SpanSketch[]) {
  const run = makeRun(sketches)
  const layout = layoutLanes({
    graph: buildExecutionGraph({ graphId: 'g', spans: run.spans }),
    model: buildRunModel(run),
    width: 900,
  })
  return { ...layout, routes: layout.routes.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }
}

function byText(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1
}
