import { parseOrganisationId, parseProjectId } from '@clew/domain'
import type { CanonicalSpan } from '@clew/semconv/span'
import { Arrivals, buildBatch } from '@clew/store/testing'
import { expect, test } from 'vitest'
import { makeSpan } from '../testing/make-span.ts'
import { ArrivingRuns } from './arriving-runs.ts'

const ids = {
  organisationId: parseOrganisationId('11111111-1111-4111-8111-111111111111'),
  projectId: parseProjectId('22222222-2222-4222-8222-222222222222'),
}
if (ids.organisationId === undefined || ids.projectId === undefined) throw new Error('bad ids')
const { organisationId, projectId } = { organisationId: ids.organisationId, projectId: ids.projectId }
const retention = { metadataDays: 30, contentDays: 30 } as const
const project = { projectId, retention, mayReadContent: true }
const traceOf = (number: number) => String(number).padStart(32, 'a')

/** A project that is watched since second 100, and a hand to let spans arrive at a moment. */
function openWatch({ isComplete = true } = {}) {
  const arrivals = new Arrivals({ isComplete, classOf: () => 'metadata' })
  let nowMs = 100_000
  const runs = new ArrivingRuns({ store: { arrivals }, clock: () => nowMs })
  const heard: string[][] = []
  const leave = runs.watch(projectId, (traceIds) => heard.push([...traceIds]))
  const arrive = async (atMs: number, ...spans: CanonicalSpan[]): Promise<void> => {
    nowMs = atMs
    const owner = { organisationId, projectId, retention, receivedAtMs: atMs }
    const batch = buildBatch(`at ${atMs}`, { spans: spans.map((span) => ({ owner, span })) })
    await arrivals.during(batch, () => Promise.resolve())
  }
  return { runs, heard, leave, arrive }
}

const root = (number: number, startMs: number, rest: Partial<CanonicalSpan> = {}) =>
  makeSpan({ traceId: traceOf(number), spanId: '1'.repeat(16), startMs, ...rest })
const child = (number: number, startMs: number) =>
  root(number, startMs, { spanId: '2'.repeat(16), parentSpanId: '1'.repeat(16) })

test('a run that began since the watch did is given with all that arrived of it', async () => {
  const { runs, heard, arrive } = openWatch()
  await arrive(100_100, child(1, 100_060), root(1, 100_050))
  await arrive(100_200, child(2, 100_150))
  expect(heard).toEqual([[traceOf(1)]])
  expect(runs.read(project, [traceOf(1), traceOf(2)])).toMatchObject([{ traceId: traceOf(1), spanCount: 2 }])
  expect(runs.knowsAll(projectId, traceOf(1))).toBe(true)
  expect(runs.knowsAll(projectId, traceOf(2))).toBe(false)
})

test.for([
  ['began before the watch', 100_100, 99_999],
  ['began a while ago', 110_000, 108_000],
] as const)('a run that %s is not, since more of it may be stored', async ([, atMs, startMs]) => {
  const { runs, heard, arrive } = openWatch()
  await arrive(atMs, root(1, startMs))
  expect(heard).toEqual([])
  expect(runs.read(project, [traceOf(1)])).toEqual([])
})

test('a run is left to its summaries once it is no longer young', async () => {
  const { runs, heard, arrive } = openWatch()
  await arrive(100_100, root(1, 100_050))
  await arrive(101_600, child(1, 101_500))
  expect(heard).toHaveLength(1)
  expect(runs.read(project, [traceOf(1)])).toEqual([])
})

test('an older version that comes late says nothing', async () => {
  const { heard, arrive } = openWatch()
  await arrive(
    100_100,
    root(1, 100_050, { state: 'ended', endTimeUnixNano: '100090000000', durationNs: '40000000' }),
  )
  await arrive(100_200, root(1, 100_050))
  expect(heard).toHaveLength(1)
})

test('who may not read content is not given any', async () => {
  const { runs, arrive } = openWatch()
  await arrive(100_100, root(1, 100_050, { input: 'a secret plan' }))
  expect(runs.read(project, [traceOf(1)])).toMatchObject([{ inputPreview: 'a secret plan' }])
  const [hidden] = runs.read({ ...project, mayReadContent: false }, [traceOf(1)])
  expect(JSON.stringify(hidden)).not.toContain('secret')
})

test('where other processes write, too, nobody is said to know all of a run', async () => {
  const { runs, arrive } = openWatch({ isComplete: false })
  await arrive(100_100, root(1, 100_050))
  expect(runs.read(project, [traceOf(1)])).toHaveLength(1)
  expect(runs.knowsAll(projectId, traceOf(1))).toBe(false)
})

test('nothing is kept for a project once its last watch is over', async () => {
  const { runs, heard, leave, arrive } = openWatch()
  leave()
  await arrive(100_100, root(1, 100_050))
  expect(heard).toEqual([])
  expect(runs.read(project, [traceOf(1)])).toEqual([])
})
