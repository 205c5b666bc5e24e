import { ok } from '@clew/domain'
import { createPrivacyClassifier } from '@clew/semconv/attributes'
import type { CanonicalSpan } from '@clew/semconv/span'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { InsertBatch } from '../insert/batch.ts'
import { readSpanVersions } from '../queries/read-spans.ts'
import type { SpanVersion } from '../rows/span-version.ts'
import type { Store } from '../store.ts'
import {
  ago,
  buildBatch,
  buildSpan,
  testNowMs,
  testOwner,
  testProject,
  testSpanId,
  testTraceId,
} from '../testing/build-span.ts'
import { nastySpan } from '../testing/nasty-span.ts'
import { openTestStore } from '../testing/open-test-store.ts'
import { Arrivals } from './arrivals.ts'

const dayMs = 86_400_000
const project = { projectId: testProject(), retention: { metadataDays: 30, contentDays: 7 } } as const

let store: Store
let close: () => Promise<void>
beforeAll(async () => {
  const opened = await openTestStore({ clock: () => testNowMs })
  store = opened.store
  close = opened.close
})
afterAll(() => close())

const spans: { [what: string]: CanonicalSpan } = {
  'that holds every field': nastySpan(),
  'that runs': buildSpan({ state: 'running', input: 'a question', inputMime: 'text/plain' }),
  'of which nothing but content is known of its tool': buildSpan({ tool: { arguments: '{}', result: 'x' } }),
  'whose content may no longer be seen': buildSpan({ startTimeUnixNano: ago(8 * dayMs), input: 'old' }),
  'whose clock runs ahead': buildSpan({ startTimeUnixNano: ago(-60_000), tool: {}, tags: [], sources: {} }),
  'that says nothing of its end but a duration': buildSpan({ state: 'running', durationNs: '7000000000' }),
}

it.for(Object.entries(spans))('tells of a span %s as it will be read', async ([what, span], { task }) => {
  const own = { ...span, traceId: testTraceId(100 + Object.keys(spans).indexOf(what)) }
  const subject = { projectId: testProject(), traceId: own.traceId }
  const told = new Map<string, SpanVersion[]>([
    ['preview', []],
    ['none', []],
  ])
  for (const content of ['preview', 'none'] as const) {
    store.arrivals.subscribe(subject, (arrived) => {
      told.get(content)?.push(...arrived.map(({ toVersion }) => toVersion(content)))
    })
  }
  const batch = buildBatch(task.id, { spans: [{ owner: testOwner(), span: own }] })
  expect(await store.insertBatch(batch)).toEqual(ok(undefined))
  for (const content of ['preview', 'none'] as const) {
    const read = await readSpanVersions(store, { ...project, traceId: own.traceId, content })
    expect(read).toHaveLength(1)
    expect(told.get(content)).toEqual(read)
  }
})

/** A batch of two traces, and a hand on when its insert ends. */
function openInsert() {
  const arrivals = new Arrivals({ isComplete: true, classOf: createPrivacyClassifier() })
  const owner = testOwner()
  const batch: InsertBatch = buildBatch('two traces', {
    spans: [1, 2].map((number) => ({
      owner,
      span: buildSpan({ traceId: testTraceId(number), spanId: testSpanId(number) }),
    })),
  })
  let end: { well: (outcome: string) => void; badly: (error: Error) => void } | undefined
  const inserted = new Promise<string>((well, badly) => (end = { well, badly }))
  const start = () => arrivals.during(batch, () => inserted)
  const onTheWay = () => arrivals.onTheWay({ projectId: testProject() }).map(({ span }) => span.traceId)
  return { arrivals, end, start, onTheWay }
}

it('tells each listener of its own project and trace, before the insert ends and until it leaves', async () => {
  const { arrivals, end, start } = openInsert()
  const heard: string[] = []
  const listen = (name: string, of: { project: number; trace?: number }) =>
    arrivals.subscribe(
      {
        projectId: testProject(of.project),
        ...(of.trace !== undefined && { traceId: testTraceId(of.trace) }),
      },
      (arrived) => heard.push(`${name} ${arrived.map(({ span }) => span.spanId).join(' ')}`),
    )
  listen('all', { project: 1 })
  listen('second', { project: 1, trace: 2 })
  listen('others', { project: 2 })
  const leave = listen('gone', { project: 1 })
  leave()
  const inserting = start()
  expect(heard).toEqual([`all ${testSpanId(1)} ${testSpanId(2)}`, `second ${testSpanId(2)}`])
  end?.well('done')
  expect(await inserting).toBe('done')
})

it('keeps who asks for a trace waiting for what is on its way of it, and nobody else', async () => {
  const { arrivals, end, start } = openInsert()
  const inserting = start()
  const settled: string[] = []
  const wait = (name: string, traceIds: string[]) =>
    arrivals.settled({ projectId: testProject(), traceIds }).then(() => settled.push(name))
  const first = wait('its trace', [testTraceId(1)])
  await wait('another', [testTraceId(7)])
  expect(settled).toEqual(['another'])
  end?.well('done')
  await Promise.all([first, inserting])
  expect(settled).toEqual(['another', 'its trace'])
})

it('counts spans as on their way until their insert has ended, well or not', async () => {
  const { end, start, onTheWay } = openInsert()
  expect(onTheWay()).toEqual([])
  const inserting = start()
  expect(onTheWay()).toEqual([testTraceId(1), testTraceId(2)])
  end?.badly(new Error('store is away'))
  await expect(inserting).rejects.toThrow('store is away')
  expect(onTheWay()).toEqual([])
})
