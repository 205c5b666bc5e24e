import { expect, it } from 'vitest'
import { buildRunModel } from '@clew/domain/story'
import { makeRun } from '@clew/domain/testing'
import { buildTimeScale } from '../timeline/build-time-scale.ts'
import { buildMinimap } from './build-minimap.ts'

it('draws single spans below a lone root, three levels deep, and marks failures', () => {
  const model = buildRunModel(
    makeRun([
      { id: 'root', kind: 'AGENT', at: 0, for: 100 },
      { id: 'a', in: 'root', kind: 'LLM', at: 0, for: 50 },
      { id: 'b', in: 'root', kind: 'TOOL', status: 'error', at: 50, for: 25 },
    ]),
  )
  const minimap = buildMinimap({ model, scale: buildTimeScale({ totalMs: 100, gaps: [] }), nowMs: 100 })
  expect(minimap.bars.map((bar) => [bar.kind, bar.level, bar.from, bar.to])).toEqual([
    ['LLM', 0, 0, 0.5],
    ['TOOL', 0, 0.5, 0.75],
  ])
  expect(minimap.failures).toEqual([{ at: 0.75, level: 0 }])
})

it('draws a huge run as density with a bounded number of bars', () => {
  const spans = Array.from({ length: 50_000 }, (_, i) => ({ id: `s${i}`, in: 'root', at: i, for: 1 }))
  const model = buildRunModel(makeRun([{ id: 'root', at: 0, for: 50_000 }, ...spans]))
  const minimap = buildMinimap({ model, scale: buildTimeScale({ totalMs: 50_000, gaps: [] }), nowMs: 50_000 })
  expect(minimap.isDensity).toBe(true)
  expect(minimap.bars.length).toBeLessThanOrEqual(5 * 180)
})
