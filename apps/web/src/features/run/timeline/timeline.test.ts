import { describe, expect, it } from 'vitest'
import { buildRunModel } from '@clew/domain/story'
import { makeRun } from '@clew/domain/testing'
import { buildRows, initialFolds, unfoldTo } from './build-rows.ts'
import { buildStrips } from './build-strips.ts'
import { buildTicks, buildTimeScale } from './build-time-scale.ts'
import { findBusy, findGaps } from './find-gaps.ts'

describe('findGaps', () => {
  it('folds the wait for a person, though the tool and the agent around it are open', () => {
    const model = buildRunModel(
      makeRun([
        { id: 'agent', kind: 'AGENT', at: 0, for: 40_000 },
        { id: 'tool', in: 'agent', kind: 'TOOL', at: 10_000, for: 26_000 },
        { id: 'person', in: 'tool', kind: 'APPROVAL', at: 11_000, for: 20_000 },
        { id: 'answer', in: 'agent', kind: 'LLM', at: 36_000, for: 4000 },
        { id: 'think', in: 'agent', kind: 'LLM', at: 0, for: 10_000 },
      ]),
    )
    expect(findGaps(findBusy(model), 40_000)).toEqual([{ startMs: 11_200, endMs: 30_800 }])
  })

  it('leaves gaps up to a twentieth of the timeline alone, and all that are too short to be called waiting', () => {
    const model = buildRunModel(
      makeRun([
        { id: 'a', kind: 'LLM', at: 0, for: 50_000 },
        { id: 'b', kind: 'LLM', at: 55_000, for: 45_000 },
      ]),
    )
    expect(findGaps(findBusy(model), 100_000)).toEqual([])
    const short = buildRunModel(
      makeRun([
        { id: 'a', kind: 'LLM', at: 0, for: 50 },
        { id: 'b', kind: 'LLM', at: 95, for: 5 },
      ]),
    )
    expect(findGaps(findBusy(short), 100)).toEqual([])
  })

  it('folds an open wait up to now', () => {
    const model = buildRunModel(
      makeRun([
        { id: 'a', kind: 'LLM', at: 0, for: 10_000 },
        { id: 'person', kind: 'APPROVAL', at: 10_000 },
      ]),
    )
    expect(findGaps(findBusy(model), 110_000)).toEqual([{ startMs: 11_000, endMs: 109_000 }])
  })
})

describe('buildTimeScale', () => {
  const scale = buildTimeScale({ totalMs: 41_600, gaps: [{ startMs: 7_000, endMs: 30_000 }] })

  it('gives a fold the width of its marker, and everything else one common scale', () => {
    const [fold] = scale.folds
    expect((fold?.to ?? 0) - (fold?.from ?? 0)).toBeCloseTo(0.03)
    expect(scale.toFraction(0)).toBe(0)
    expect(scale.toFraction(41_600)).toBeCloseTo(1)
    const before = scale.toFraction(2_000) - scale.toFraction(1_000)
    expect(scale.toFraction(40_000) - scale.toFraction(39_000)).toBeCloseTo(before)
  })

  it('finds the moment of every place again, inside folds too', () => {
    for (const ms of [0, 3_500, 7_000, 18_000, 30_000, 41_600]) {
      expect(scale.toMs(scale.toFraction(ms))).toBeCloseTo(ms, 3)
    }
  })

  it('puts round ticks outside of folds', () => {
    expect(buildTicks(scale).map((tick) => tick.ms)).toEqual([
      0, 2000, 4000, 6000, 30_000, 32_000, 34_000, 36_000, 38_000, 40_000,
    ])
  })

  it('bears a run without length', () => {
    expect(buildTimeScale({ totalMs: 0, gaps: [] }).toFraction(0)).toBe(0)
  })
})

describe('buildRows', () => {
  const model = buildRunModel(
    makeRun([
      { id: 'root', at: 0, for: 9 },
      { id: 'a', in: 'root', at: 1, for: 3 },
      { id: 'a1', in: 'a', at: 1, for: 1 },
      { id: 'a2', in: 'a', at: 2, for: 1 },
      { id: 'b', in: 'root', at: 5, for: 3 },
    ]),
  )

  it('hides what is below a folded node and tells each row its place', () => {
    const rows = buildRows(model, new Set(['a']))
    expect(rows.map((row) => [row.node.id, row.position, row.siblingCount, row.isFolded])).toEqual([
      ['root', 1, 1, false],
      ['a', 1, 2, true],
      ['b', 2, 2, false],
    ])
  })

  it('opens whatever hides a node', () => {
    const node = model.byId.get('a2')
    if (node === undefined) throw new Error('no node')
    expect([...unfoldTo(new Set(['a', 'b', 'root']), node)]).toEqual(['b'])
  })

  it('lays out 50,000 spans within a frame or few, mostly folded', () => {
    const sketches = [
      { id: 'root', at: 0, for: 60_000 },
      { id: 'batch', in: 'root', at: 0, for: 60_000 },
    ].concat(Array.from({ length: 50_000 }, (_, i) => ({ id: `s${i}`, in: 'batch', at: i, for: 1 })))
    const huge = buildRunModel(makeRun(sketches))
    expect(buildRows(huge, new Set()).length).toBe(50_002)
    expect(buildRows(huge, initialFolds(huge)).length).toBe(2)
  })
})

describe('buildStrips', () => {
  it('shows context by call and adds up the spend without counting wrappers twice', () => {
    const strips = buildStrips(
      buildRunModel(
        makeRun([
          { id: 'chain', at: 0, for: 30, cost: cost(0.03) },
          { id: 'a', in: 'chain', kind: 'LLM', usage: { input: 100 }, cost: cost(0.01), at: 0, for: 10 },
          { id: 'b', in: 'chain', kind: 'LLM', usage: { input: 300 }, cost: cost(0.02), at: 10, for: 20 },
        ]),
      ),
      30,
    )
    expect(strips.contextMax).toBe(300)
    expect(strips.spend.map((point) => [point.ms, Number(point.total.toFixed(4))])).toEqual([
      [10, 0.01],
      [30, 0.03],
    ])
  })
})

function cost(total: number) {
  return { total, currency: 'USD', source: 'computed' as const }
}
