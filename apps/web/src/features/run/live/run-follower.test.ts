import { toReplayEvents } from '@clew/domain'
import { buildRunModel } from '@clew/domain/story'
import { makeRun } from '@clew/domain/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { RunFollower } from './run-follower.ts'
import type { ShownRun } from './run-follower.ts'

const run = makeRun([
  { id: 'root', kind: 'AGENT', at: 0, for: 50_000 },
  ...Array.from({ length: 9000 }, (_, i) => ({
    id: `s${i}`,
    in: 'root',
    kind: 'TOOL' as const,
    at: i,
    for: 1,
  })),
])
let drawFrame: () => void

beforeEach(() => {
  const waiting: (() => void)[] = []
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => waiting.push(callback))
  drawFrame = () => {
    for (const callback of waiting.splice(0)) callback()
  }
})
afterEach(() => vi.unstubAllGlobals())

it('shows each state with its own model, and at last every event that it was given', async () => {
  const shown: ShownRun[] = []
  const follower = new RunFollower((next) => shown.push(next))
  const events = toReplayEvents(run)
  for (const event of events.slice(0, 6000)) follower.take(event)
  drawFrame()
  await new Promise((resolve) => setImmediate(resolve))
  // More arrives while the first is worked on.
  for (const event of events.slice(6000)) follower.take(event)
  await vi.waitFor(() => {
    drawFrame()
    expect(shown.at(-1)?.run.seq).toBe(events.at(-1)?.seq)
  })
  expect(shown).toHaveLength(2)
  for (const { run: state, model } of shown) expect(model.nodes).toHaveLength(state.spans.length)
  expect(shown.at(-1)?.model.steps.map(({ id }) => id)).toEqual(buildRunModel(run).steps.map(({ id }) => id))
})

it('shows nothing once it is stopped', async () => {
  const shown: ShownRun[] = []
  const follower = new RunFollower((next) => shown.push(next))
  for (const event of toReplayEvents(run)) follower.take(event)
  follower.stop()
  drawFrame()
  await new Promise((resolve) => setImmediate(resolve))
  expect(shown).toEqual([])
})
