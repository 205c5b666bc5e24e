import { beforeAll, expect, it } from 'vitest'
import { listRedactions } from './queries/list-redactions.ts'
import { listSenders } from './queries/list-senders.ts'
import type { Store } from './store.ts'
import {
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
const since = { projectId: testProject(), receivedSinceMs: testNowMs - hour }

const blanked = (number: number, rule: string, count: number, overrides = {}) =>
  buildSpan({
    traceId: testTraceId(number),
    spanId: testSpanId(number),
    redactions: [{ rule, path: 'attributes.input.value', count }],
    ...overrides,
  })

onEachEngine({ clock: () => testNowMs }, (engine) => {
  let store: Store

  beforeAll(() => {
    store = engine().store
  })

  it('counts what each rule took out once, however often a span was sent', async () => {
    const spans = [
      { owner: testOwner(), span: blanked(1, 'openai-key', 1, { state: 'running' }) },
      { owner: testOwner(), span: blanked(1, 'openai-key', 2) },
      { owner: testOwner(), span: blanked(2, 'openai-key', 1) },
      { owner: testOwner(), span: blanked(3, 'card-number', 1) },
      { owner: testOwner({ receivedAtMs: testNowMs - 2 * hour }), span: blanked(4, 'jwt', 1) },
      { owner: testOwner({ projectId: testProject(2) }), span: blanked(5, 'email', 9) },
    ]
    await store.insertBatch(buildBatch('redactions', { spans }))
    expect(await listRedactions(store, since)).toEqual([
      { rule: 'openai-key', count: 3, runCount: 2, lastReceivedAtMs: testNowMs },
      { rule: 'card-number', count: 1, runCount: 1, lastReceivedAtMs: testNowMs },
    ])
  })

  it('names who sent spans of late, with what, and how much of it says what it stands for', async () => {
    const project = testProject(3)
    const sent = (number: number, overrides: Parameters<typeof buildSpan>[0], receivedAtMs = testNowMs) => ({
      owner: testOwner({ projectId: project, receivedAtMs }),
      span: buildSpan({ traceId: testTraceId(number), spanId: testSpanId(number), ...overrides }),
    })
    const sdk = {
      'telemetry.sdk.name': '@clew/sdk',
      'telemetry.sdk.version': '0.1.0',
      'telemetry.sdk.language': 'nodejs',
    }
    const support = { serviceName: 'support', resource: sdk, dialect: 'clew' as const }
    const spans = [
      sent(11, { ...support, state: 'running' }),
      sent(11, support),
      sent(12, { ...support, kind: 'UNKNOWN' }),
      sent(13, { serviceName: 'worker', resource: {}, dialect: 'openinference' }, testNowMs - 1000),
      sent(14, { serviceName: 'of yesterday', resource: {} }, testNowMs - 24 * hour),
    ]
    await store.insertBatch(buildBatch('senders', { spans }))
    const senders = await listSenders(store, { ...since, projectId: project, limit: 10 })
    expect(senders).toEqual([
      {
        serviceName: 'support',
        sdkName: '@clew/sdk',
        sdkVersion: '0.1.0',
        sdkLanguage: 'nodejs',
        dialects: ['clew'],
        spanCount: 2,
        plainCount: 1,
        lastReceivedAtMs: testNowMs,
      },
      {
        serviceName: 'worker',
        sdkName: '',
        sdkVersion: '',
        sdkLanguage: '',
        dialects: ['openinference'],
        spanCount: 1,
        plainCount: 0,
        lastReceivedAtMs: testNowMs - 1000,
      },
    ])
  })
})
