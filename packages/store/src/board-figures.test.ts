import { beforeAll, expect, it } from 'vitest'
import { readBoardFigures } from './queries/read-board-figures.ts'
import type { Store } from './store.ts'
import {
  ago,
  buildBatch,
  buildSpan,
  testNowMs,
  testOwner,
  testProject,
  testSpanId,
  testTraceId,
} from './testing/build-span.ts'
import { onEachEngine } from './testing/on-each-engine.ts'

const hour = 3_600_000
const retention = { metadataDays: 30, contentDays: 7 } as const

function sent(trace: number, span: number, overrides: Parameters<typeof buildSpan>[0]) {
  return {
    owner: testOwner(),
    span: buildSpan({ traceId: testTraceId(trace), spanId: testSpanId(span), ...overrides }),
  }
}

onEachEngine({ clock: () => testNowMs }, (engine) => {
  let store: Store

  beforeAll(() => {
    store = engine().store
  })

  it('counts decisions, runs that searched in vain and budgets that were used up', async () => {
    const spans = [
      sent(1, 1, { kind: 'APPROVAL', approval: { decision: 'edited' } }),
      sent(1, 2, { kind: 'APPROVAL', approval: { decision: 'approved' } }),
      sent(2, 3, { kind: 'APPROVAL', approval: { decision: 'rejected' } }),
      sent(2, 4, { kind: 'APPROVAL', state: 'running' }),
      sent(3, 5, { kind: 'RETRIEVER', documents: [{ content: 'found' }] }),
      sent(4, 6, { kind: 'RETRIEVER', documents: [] }),
      sent(5, 7, { budget: { name: 'steps', limit: 10, used: 10 } }),
      sent(6, 8, { budget: { name: 'steps', limit: 10, used: 3 } }),
      sent(7, 9, { kind: 'APPROVAL', approval: { decision: 'rejected' }, startTimeUnixNano: ago(3 * hour) }),
    ]
    await store.insertBatch(buildBatch('board', { spans }))
    const figures = await readBoardFigures(store, {
      projectId: testProject(),
      retention,
      sinceMs: testNowMs - hour,
    })
    expect(figures).toMatchObject({
      decidedCount: 3,
      changedCount: 2,
      searchedCount: 2,
      unfoundedCount: 1,
      budgetedCount: 2,
      exhaustedCount: 1,
    })
    // Built spans end 59 seconds before they are received, and say nothing of first words.
    expect(figures.lagMsP95).toBeCloseTo(59_000, -1)
    expect(figures.firstWordsMsP95).toBeUndefined()
  })

  it('says of a project in which nothing happened that nothing was recorded', async () => {
    const scope = { projectId: testProject(9), retention, sinceMs: testNowMs - hour }
    expect(await readBoardFigures(store, scope)).toEqual({
      decidedCount: 0,
      changedCount: 0,
      searchedCount: 0,
      unfoundedCount: 0,
      budgetedCount: 0,
      exhaustedCount: 0,
    })
  })
})
