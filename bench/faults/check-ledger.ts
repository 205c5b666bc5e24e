import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '@clew/store'
import type { Batches } from './batches.ts'
import { mustHold } from './fault.ts'
import type { Ledger } from './sender.ts'

export interface Stored {
  traces: number
  spans: number
}

/**
 * Holds the ledger against the store: each span of an acknowledged batch is there, none is there twice, and each
 * stored trace counts its spans and tokens once in its summary and in its metrics.
 */
export async function checkLedger(args: {
  url: string
  batches: Batches
  ledger: Pick<Ledger, 'acknowledged'>
}): Promise<Stored> {
  const { url, batches, ledger } = args
  const store = await openStore({ url: `${url}/clew` })
  try {
    const rows = await store.database.query({ sql: perTrace })
    const byTrace = new Map(rows.map((row) => [String(Reflect.get(Object(row), 'trace_id')), row]))
    for (const number of ledger.acknowledged) {
      for (let trace = 0; trace < batches.tracesPerBatch; trace += 1) {
        const id = batches.traceId(number, trace)
        mustHold(byTrace.has(id), `trace ${id} was acknowledged and is not stored`)
      }
    }
    let spans = 0
    for (const [id, row] of byTrace) {
      const count = (column: string): number => Number(Reflect.get(Object(row), column))
      spans += count('spans')
      mustHold(count('spans') === batches.spansPerTrace, `trace ${id} has ${count('spans')} spans`)
      mustHold(count('ids') === count('spans'), `trace ${id} has a span twice`)
      mustHold(count('summed') === count('spans'), `the summary of ${id} counts ${count('summed')} spans`)
      mustHold(
        count('tokens') === batches.tokensPerTrace,
        `the summary of ${id} counts ${count('tokens')} tokens`,
      )
      mustHold(count('metered') === count('spans'), `the metrics of ${id} count ${count('metered')} spans`)
      mustHold(count('contents') >= batches.spansPerTrace - 1, `trace ${id} lacks content`)
    }
    return { traces: byTrace.size, spans }
  } finally {
    await store.close()
  }
}

const settleMs = 240_000

/** The same, while summaries may still be behind: asked again until it holds, and what is wrong then stays wrong. */
export async function checkSettled(args: Parameters<typeof checkLedger>[0]): Promise<Stored> {
  const untilMs = Date.now() + settleMs
  for (;;) {
    try {
      return await checkLedger(args)
    } catch (error) {
      if (Date.now() > untilMs) throw error
      await sleep(3000)
    }
  }
}

const perTrace = `SELECT trace_id, spans, ids, contents, summed, tokens, metered
FROM (SELECT trace_id, count() AS spans, uniqExact(span_id) AS ids FROM spans FINAL GROUP BY trace_id) AS s
LEFT JOIN (SELECT trace_id, uniqExact(span_id) AS contents FROM span_content FINAL GROUP BY trace_id) AS c USING trace_id
LEFT JOIN (SELECT trace_id, sum(span_count) AS summed, sum(usage_total) AS tokens
  FROM trace_summary FINAL WHERE is_deleted = 0 GROUP BY trace_id) AS t USING trace_id
LEFT JOIN (SELECT trace_id, sum(span_count) AS metered
  FROM trace_metrics FINAL WHERE is_deleted = 0 GROUP BY trace_id) AS m USING trace_id`
