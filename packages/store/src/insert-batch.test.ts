import { expect, it } from 'vitest'
import { listRunningSpans } from './queries/list-running-spans.ts'
import { readLogs } from './queries/read-logs.ts'
import { readRunEvents } from './queries/read-run-events.ts'
import { readScores } from './queries/read-scores.ts'
import { readSpan } from './queries/read-span.ts'
import { readSpans } from './queries/read-spans.ts'
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
import { nastyText } from './testing/nasty-span.ts'
import { onEachEngine } from './testing/on-each-engine.ts'

const retention = { metadataDays: 30, contentDays: 7 } as const
const scope = { projectId: testProject(), retention }
const day = 86_400_000
const done = { ok: true, value: undefined }

onEachEngine({ clock: () => testNowMs }, (engine) => {
  it('stores a repeated token once', async () => {
    const { store } = engine()
    const batch = buildBatch('repeated', {
      spans: [{ owner: testOwner(), span: buildSpan({ traceId: testTraceId(10) }) }],
    })
    for (const _ of [1, 2, 3]) expect(await store.insertBatch(batch)).toEqual(done)
    const rows = await store.database.query({
      sql: 'SELECT count() AS n FROM spans WHERE trace_id = {id:String}',
      params: { id: testTraceId(10) },
    })
    expect(rows).toEqual([{ n: '1' }])
  })

  it('counts a span once when a client regroups what it sends again', async () => {
    const { store } = engine()
    const traceId = testTraceId(11)
    const [one, two] = [1, 2].map((n) => ({
      owner: testOwner(),
      span: buildSpan({ traceId, spanId: testSpanId(n) }),
    }))
    if (!one || !two) throw new Error('two spans were built')
    await store.insertBatch(buildBatch('group a', { spans: [one] }))
    await store.insertBatch(buildBatch('group b', { spans: [one, two] }))
    const spans = await readSpans(store, { ...scope, traceIds: [traceId], content: 'full' })
    expect(spans.map((span) => span.spanId)).toEqual([testSpanId(1), testSpanId(2)])
  })

  it('lets the ended span win over a snapshot over a start, in whatever order they come', async () => {
    const { store } = engine()
    const traceId = testTraceId(12)
    const start = buildSpan({ traceId, state: 'running', status: 'unset', input: 'question' })
    const snapshot = { ...start, output: 'par' }
    const ended = buildSpan({ traceId, input: 'question', output: 'partial no more' })
    const read = async () => (await readSpan(store, { ...scope, traceId, spanId: start.spanId }))?.output
    await store.insertBatch(
      buildBatch('12 snapshot', {
        spans: [{ owner: testOwner({ receivedAtMs: testNowMs }), span: snapshot }],
      }),
    )
    await store.insertBatch(
      buildBatch('12 start', {
        spans: [{ owner: testOwner({ receivedAtMs: testNowMs + 500 }), span: start }],
      }),
    )
    expect(await read()).toBe('par')
    await store.insertBatch(
      buildBatch('12 end', { spans: [{ owner: testOwner({ receivedAtMs: testNowMs + 100 }), span: ended }] }),
    )
    await store.insertBatch(
      buildBatch('12 late', {
        spans: [{ owner: testOwner({ receivedAtMs: testNowMs + 900 }), span: snapshot }],
      }),
    )
    expect(await read()).toBe('partial no more')
  })

  it('keeps the newest of numbered snapshots, also when an older one is sent again later', async () => {
    const { store } = engine()
    const traceId = testTraceId(23)
    const snapshot = (number: bigint, output: string, receivedAtMs: number) => ({
      owner: testOwner({ receivedAtMs }),
      span: buildSpan({ traceId, state: 'running', output, attributes: { 'clew.span.snapshot': number } }),
    })
    const grown = [snapshot(2n, 'one two', testNowMs), snapshot(1n, 'one', testNowMs + 700)]
    for (const [index, span] of grown.entries()) {
      expect(await store.insertBatch(buildBatch(`23 ${index}`, { spans: [span] }))).toEqual(done)
    }
    expect((await readSpan(store, { ...scope, traceId, spanId: testSpanId(1) }))?.output).toBe('one two')
  })

  it('lists what runs now until its end is seen', async () => {
    const { store } = engine()
    const own = { projectId: testProject(7), retention }
    const owner = testOwner({ projectId: testProject(7) })
    const running = buildSpan({ traceId: testTraceId(22), state: 'running', agent: { name: 'support' } })
    await store.insertBatch(buildBatch('22 start', { spans: [{ owner, span: running }] }))
    expect(await listRunningSpans(store, { ...own, limit: 5 })).toEqual([
      {
        traceId: testTraceId(22),
        spanId: testSpanId(1),
        name: 'chat',
        kind: 'LLM',
        agentName: 'support',
        startTimeUnixNano: running.startTimeUnixNano,
        receivedAtMs: testNowMs,
      },
    ])
    const ended = buildSpan({ traceId: testTraceId(22) })
    await store.insertBatch(buildBatch('22 end', { spans: [{ owner, span: ended }] }))
    expect(await listRunningSpans(store, { ...own, limit: 5 })).toEqual([])
  })

  it('lets the later receipt win among equals, and never mixes the content of two versions', async () => {
    const { store } = engine()
    const traceId = testTraceId(13)
    const first = buildSpan({ traceId, output: 'first' })
    const second = buildSpan({ traceId, name: 'second' })
    await store.insertBatch(
      buildBatch('13', {
        spans: [
          { owner: testOwner({ receivedAtMs: testNowMs + 5 }), span: second },
          { owner: testOwner({ receivedAtMs: testNowMs }), span: first },
        ],
      }),
    )
    const span = await readSpan(store, { ...scope, traceId, spanId: first.spanId })
    expect(span?.name).toBe('second')
    expect(span?.output).toBeUndefined()
  })

  it('gives previews without payloads, metadata without content, and all of it in full', async () => {
    const { store } = engine()
    const traceId = testTraceId(14)
    const span = buildSpan({
      traceId,
      input: 'i'.repeat(2000),
      output: 'short',
      inputMessages: [{ role: 'user', content: 'secret' }],
      outputToolCalls: [{ id: 'c1', name: 'refund', arguments: { amount: 5 } }],
      attributes: { 'input.value': 'secret', tier: 'gold' },
    })
    await store.insertBatch(buildBatch('14', { spans: [{ owner: testOwner(), span }] }))
    const read = async (content: 'none' | 'preview' | 'full') =>
      (await readSpans(store, { ...scope, traceIds: [traceId], content }))[0]
    const preview = await read('preview')
    expect(preview?.input).toBe('i'.repeat(400))
    expect(preview?.output).toBe('short')
    expect(preview?.outputToolCalls).toEqual([{ id: 'c1', name: 'refund' }])
    expect(JSON.stringify(preview)).not.toContain('secret')
    const none = await read('none')
    expect(none?.input).toBeUndefined()
    expect(none?.attributes).toEqual({ tier: 'gold' })
    const full = await read('full')
    expect(full?.input).toHaveLength(2000)
    expect(full?.outputToolCalls).toEqual(span.outputToolCalls)
    expect(full?.inputMessages).toEqual(span.inputMessages)
  })

  it('keeps what is older than the policy out of sight, content sooner than metadata', async () => {
    const { store } = engine()
    const traceIds = [40, 10, 5].map((days) => testTraceId(100 + days))
    const spans = [40, 10, 5].map((days) => ({
      owner: testOwner({ retention: { metadataDays: 90, contentDays: 90 } }),
      span: buildSpan({
        traceId: testTraceId(100 + days),
        startTimeUnixNano: ago(days * day),
        output: 'said',
      }),
    }))
    expect(await store.insertBatch(buildBatch('old', { spans }))).toEqual(done)
    const read = async (policy: typeof scope.retention | { metadataDays: 90; contentDays: 90 }) =>
      (await readSpans(store, { ...scope, retention: policy, traceIds, content: 'full' })).map(
        (span) => span.output,
      )
    expect(await read({ metadataDays: 90, contentDays: 90 })).toEqual(['said', 'said', 'said'])
    expect(await read(retention)).toEqual([undefined, 'said'])
  })

  it('says of a span that it ends after it was received', async () => {
    const { store } = engine()
    const traceId = testTraceId(24)
    const ahead = buildSpan({ traceId, startTimeUnixNano: ago(-9000) })
    const fair = buildSpan({ traceId, spanId: testSpanId(2) })
    const owner = testOwner()
    await store.insertBatch(
      buildBatch('24', {
        spans: [
          { owner, span: ahead },
          { owner, span: fair },
        ],
      }),
    )
    const spans = await readSpans(store, { ...scope, traceIds: [traceId], content: 'none' })
    expect(spans.map(({ spanId, clockSkew }) => [spanId, clockSkew])).toEqual([
      [testSpanId(2), undefined],
      [testSpanId(1), { afterReceiptNs: '10000000000' }],
    ])
  })

  it('shows no project the spans of another', async () => {
    const { store } = engine()
    const traceId = testTraceId(15)
    await store.insertBatch(
      buildBatch('15', { spans: [{ owner: testOwner(), span: buildSpan({ traceId }) }] }),
    )
    const other = { projectId: testProject(2), retention }
    expect(await readSpans(store, { ...other, traceIds: [traceId], content: 'full' })).toEqual([])
    expect(await readSpan(store, { ...other, traceId, spanId: testSpanId(1) })).toBeUndefined()
  })

  it('takes two years of spans in one batch', async () => {
    const { store } = engine()
    const owner = testOwner({ retention: { metadataDays: 730, contentDays: 730 } })
    const spans = Array.from({ length: 60 }, (_, week) => ({
      owner,
      span: buildSpan({
        traceId: testTraceId(16),
        spanId: testSpanId(week + 1),
        startTimeUnixNano: ago(week * 12 * day),
      }),
    }))
    expect(await store.insertBatch(buildBatch('weeks', { spans }))).toEqual(done)
    const all = { projectId: testProject(), retention: owner.retention }
    expect(await readSpans(store, { ...all, traceIds: [testTraceId(16)], content: 'none' })).toHaveLength(60)
  })

  it('refuses a batch that no table can hold, and stores nothing of it', async () => {
    const { store } = engine()
    const good = { owner: testOwner(), span: buildSpan({ traceId: testTraceId(17) }) }
    const bad = { owner: testOwner(), span: buildSpan({ traceId: 'short' }) }
    const result = await store.insertBatch(buildBatch('bad', { spans: [good, bad] }))
    expect(result).toEqual({
      ok: false,
      error: { code: 'rejected', message: 'trace id "short" is not 32 hex digits' },
    })
    expect(await readSpans(store, { ...scope, traceIds: [testTraceId(17)], content: 'none' })).toEqual([])
  })

  it('mends half a surrogate pair instead of losing the batch', async () => {
    const { store } = engine()
    const span = buildSpan({
      traceId: testTraceId(18),
      name: 'cut \ud83d',
      output: 'kept \\ud83d \ud83d\ude00',
    })
    expect(await store.insertBatch(buildBatch('half', { spans: [{ owner: testOwner(), span }] }))).toEqual(
      done,
    )
    const found = await readSpan(store, { ...scope, traceId: span.traceId, spanId: span.spanId })
    expect(found?.name).toBe('cut \uFFFD')
    expect(found?.output).toBe('kept \\ud83d \ud83d\ude00')
  })

  it('gives logs back in order, typed, a repeated record once', async () => {
    const { store } = engine()
    const traceId = testTraceId(19)
    const log = {
      traceId,
      spanId: testSpanId(1),
      timeUnixNano: ago(1000),
      severity: 'INFO',
      eventName: 'gen_ai.choice',
      body: { message: { content: nastyText, n: 3n } },
      attributes: { 'event.name': 'gen_ai.choice', count: 2n, ratio: 0.5, list: ['a', null] },
      resource: { 'service.name': 'shop' },
      scope: 'test',
      redactions: [{ rule: 'key', path: 'body', count: 1 }],
    }
    const task = {
      traceId,
      timeUnixNano: ago(2000),
      eventName: 'clew.task.log',
      attributes: {},
      resource: {},
      scope: '',
      task: { kind: 'build', line: 'compiling' },
    }
    const owner = testOwner()
    await store.insertBatch(
      buildBatch('logs', { logs: [log, task].map((record) => ({ owner, log: record })) }),
    )
    await store.insertBatch(buildBatch('logs again', { logs: [{ owner, log }] }))
    expect(await readLogs(store, { ...scope, traceIds: [traceId] })).toEqual([
      task,
      {
        ...log,
        body: { message: { content: nastyText, n: 3 } },
        attributes: { ...log.attributes, count: 2 },
      },
    ])
  })

  it('gives scores of every type, the latest of an id, and run events after a given one', async () => {
    const { store } = engine()
    const traceId = testTraceId(20)
    const base = { traceId, name: 'quality', by: 'ann', atUnixNano: ago(1000) }
    const scores = [
      { ...base, id: 's1', value: 0.5 },
      { ...base, id: 's2', value: false, spanId: testSpanId(1), sessionId: 'chat', comment: nastyText },
      { ...base, id: 's3', value: 'good' },
    ]
    const receivedAtMs = [3, 2, 1].map((seconds) => testNowMs - seconds * 1000)
    const runEvents = [1, 2, 3].map((seq) => ({
      owner: testOwner({ receivedAtMs: receivedAtMs[seq - 1] ?? 0 }),
      event: {
        traceId,
        id: `e${seq}`,
        event: { seq, atUnixNano: ago(100), type: 'end' as const, reason: 'completed' as const },
      },
    }))
    await store.insertBatch(
      buildBatch('scores', { scores: scores.map((score) => ({ owner: testOwner(), score })), runEvents }),
    )
    const later = testOwner({ receivedAtMs: testNowMs + 1 })
    await store.insertBatch(
      buildBatch('rescored', { scores: [{ owner: later, score: { ...base, id: 's1', value: 1 } }] }),
    )
    expect(await readScores(store, { ...scope, traceIds: [traceId] })).toEqual([
      { ...base, id: 's1', value: 1 },
      scores[1],
      scores[2],
    ])
    const kept = runEvents.map(({ event }, index) => ({ ...event, receivedAtMs: receivedAtMs[index] }))
    expect(await readRunEvents(store, { ...scope, traceId })).toEqual(kept)
    const since = { receivedSinceMs: testNowMs - 2000 }
    expect(await readRunEvents(store, { ...scope, ...since, traceId })).toEqual(kept.slice(1))
  })
})
