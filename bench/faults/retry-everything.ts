import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { createRandom, makeSpan, makeTraces, toProtobuf } from '@clew/ingest/testing'
import type { Batches } from './batches.ts'
import { checkLedger } from './check-ledger.ts'
import { mustHold, type Fault } from './fault.ts'
import { prepareDatabase, startFront, startIngest } from './rig.ts'
import { post } from './sender.ts'

const traces = 200
const spansPerTrace = 12

/** A client that sends everything three times: as it was, and twice in other groups and another order. */
export const retryEverything: Fault = {
  name: 'a client that sends everything again, in the same and in other groups',
  run: async ({ dir, port, log }) => {
    const databaseUrl = await prepareDatabase(dir)
    const clickhouse = join(dir, 'clickhouse')
    const start = () => startIngest({ dir, port, databaseUrl, clickhouseUrl: `chdb:${clickhouse}` })
    const spans = makeAll()
    const random = createRandom(20_261_127)
    let ingest = await start()
    let requests = 0
    const postAll = async (groups: object[][]): Promise<void> => {
      for (const group of groups) {
        const body = gzipSync(toProtobuf(makeTraces(group.map((span) => ({ ...span })))))
        const answer = await post(ingest.url, body)
        mustHold(answer?.status === 200, `answered ${answer?.status}: ${answer?.text}`)
        requests += 1
      }
    }
    const first = inGroups(spans, () => 40)
    await postAll(first)
    await postAll(first)
    await postAll(inGroups(shuffle(spans, random), () => 1 + random(90)))
    log('and after a restart, when nobody remembers the requests')
    await ingest.end('SIGKILL')
    ingest = await start()
    await postAll(first)
    await postAll(inGroups(shuffle(spans, random), () => 1 + random(30)))
    mustHold((await ingest.end('SIGTERM')) === 0, 'the ingest did not stop cleanly')
    const front = await startFront({ dir: clickhouse, port: port + 1 })
    const stored = await checkLedger({
      url: front.url,
      batches: asBatches(),
      ledger: { acknowledged: new Set([0]) },
    })
    await front.end('SIGTERM')
    mustHold(stored.spans === spans.length, `${stored.spans} spans are stored instead of ${spans.length}`)
    return { requests, 'spans sent': spans.length * 5, 'spans stored': stored.spans, traces: stored.traces }
  },
}

function makeAll(): object[] {
  const nowMs = Date.now() - 60_000
  return Array.from({ length: traces }, (_, trace) =>
    Array.from({ length: spansPerTrace }, (_span, index) =>
      makeSpan({
        traceId: traceIdOf(trace),
        spanId: spanIdOf(index),
        startMs: nowMs + index,
        attributes:
          index === 0
            ? { 'openinference.span.kind': 'AGENT', 'agent.name': 'Support' }
            : {
                'openinference.span.kind': 'LLM',
                'llm.model_name': 'gpt-4o-mini',
                'llm.token_count.prompt': 100n,
                'llm.token_count.completion': 10n,
                'output.value': `answer ${trace}.${index}`,
              },
        extra: index === 0 ? {} : { parentSpanId: spanIdOf(0) },
      }),
    ),
  ).flat()
}

function asBatches(): Batches {
  return {
    spansPerTrace,
    tracesPerBatch: traces,
    tokensPerTrace: (spansPerTrace - 1) * 110,
    bytes: 0,
    body: () => Promise.reject(new Error('these are sent in groups')),
    traceId: (_number, trace) => traceIdOf(trace),
  }
}

function traceIdOf(trace: number): string {
  return `e${trace.toString(16).padStart(31, '0')}`
}

function spanIdOf(index: number): string {
  return `a${index.toString(16).padStart(15, '0')}`
}

function inGroups(spans: readonly object[], sizeOf: () => number): object[][] {
  const groups: object[][] = []
  for (let at = 0; at < spans.length; at += groups.at(-1)?.length ?? 1)
    groups.push(spans.slice(at, at + sizeOf()))
  return groups
}

function shuffle(spans: readonly object[], random: (below: number) => number): object[] {
  const order = spans.map((span) => ({ span, key: random(2 ** 30) }))
  return order.toSorted((a, b) => a.key - b.key).map(({ span }) => span)
}
