import type { CanonicalSpan, WireSpan } from '@clew/semconv/span'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readVersionsToSummarise } from '../queries/read-spans.ts'
import type { Store } from '../store.ts'
import { buildBatch, buildSpan, testOwner } from '../testing/build-span.ts'
import { nastySpan, nastyText } from '../testing/nasty-span.ts'
import { openTestStore } from '../testing/open-test-store.ts'
import { toWrittenSpan } from './to-written-span.ts'

let store: Store
let close: () => Promise<void>
beforeAll(async () => {
  ;({ store, close } = await openTestStore())
})
afterAll(() => close())

const { endTimeUnixNano: _end, durationNs: _duration, ...open } = buildSpan({})
const running: CanonicalSpan = { ...open, state: 'running', status: 'unset' }
const future = String(BigInt(testOwner().receivedAtMs + 60_000) * 1_000_000n)

const spans: { [what: string]: CanonicalSpan } = {
  'every field, with what breaks encoders': nastySpan(),
  plain: buildSpan({}),
  running,
  'running, with heartbeats': { ...running, attributes: { 'clew.span.heartbeat_ms': 5000n } },
  'attributes of other types': {
    ...running,
    attributes: { 'clew.span.heartbeat_ms': 5000.5, 'mcp.method.name': true },
  },
  'an attribute of assembly': buildSpan({ attributes: { 'mcp.method.name': 'tools/call', other: 'x' } }),
  'an integer beyond the column': buildSpan({ attributes: { 'clew.span.heartbeat_ms': 2n ** 70n } }),
  'a clock that runs ahead': buildSpan({
    startTimeUnixNano: future,
    endTimeUnixNano: future,
    durationNs: '0',
  }),
  'a duration that is not from start to end': buildSpan({ durationNs: '7' }),
  'groups that are empty': buildSpan({ agent: {}, tool: {}, usage: {} }),
  'groups that hold only content': buildSpan({ tool: { arguments: '{}' } }),
  'fields that are empty': buildSpan({
    name: '',
    sessionId: '',
    agent: { name: '' },
    tags: [],
    sources: {},
    outputToolCalls: [],
    input: '',
    inputMime: '',
    redactions: [],
  }),
  'numbers that fit no column': buildSpan({ usage: { input: -1, output: 1.5 } }),
  'long texts': buildSpan({ input: nastyText.repeat(40), output: '😀'.repeat(400), errorMessage: nastyText }),
  'a preview that ends within a pair': buildSpan({ input: `x${'😀'.repeat(400)}` }),
}

for (const [what, span] of Object.entries(spans)) {
  test(`what is kept of a span is what is read of it: ${what}`, async () => {
    const owner = testOwner()
    const inserted = await store.insertBatch(
      buildBatch(what, { spans: [{ owner, span: withIds(span, what) }] }),
    )
    expect(inserted).toEqual({ ok: true, value: undefined })
    const written = toWrittenSpan({ owner, span: withIds(span, what), index: 0 })
    const { traceId } = withIds(span, what)
    const read = await readVersionsToSummarise(store, { ...owner, traceIds: [traceId] })
    expect(read).toHaveLength(1)
    expect(read.map(({ version }) => version)).toEqual([written?.version])
    for (const one of read) expect(written?.span).toEqual(looked(one.span))
  })
}

test('a span that the tables would change is not kept', () => {
  const owner = testOwner()
  for (const span of [
    buildSpan({ name: 'half \ud83d' }),
    buildSpan({ timeToFirstTokenMs: Number.NaN }),
    buildSpan({ cost: { total: Number.POSITIVE_INFINITY, currency: 'USD', source: 'reported' } }),
    buildSpan({ startTimeUnixNano: '0123' }),
    buildSpan({ parentMissing: true }),
  ]) {
    expect(toWrittenSpan({ owner, span, index: 0 })).toBeUndefined()
  }
})

function withIds(span: CanonicalSpan, what: string): CanonicalSpan {
  return { ...span, traceId: Buffer.from(what).toString('hex').padEnd(32, '0').slice(-32) }
}

/** Without what is read along and neither assembly nor a summary looks at. */
function looked(span: WireSpan): Partial<WireSpan> {
  const { checks: _checks, redactions: _redactions, task: _task, prompt: _prompt, ...rest } = span
  const { statusMessage: _message, serviceVersion: _version, ...seen } = rest
  return seen
}
