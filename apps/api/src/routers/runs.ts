import { buildExecutionGraph, toLeanRun, type ExecutionGraph, type Run, type RunSummary } from '@clew/domain'
import type { WireSpan } from '@clew/semconv/span'
import {
  countRuns,
  listRuns,
  readBoardFigures,
  runFacets,
  runHistogram,
  type BoardFigures,
  type Page,
  type RunFacetField,
} from '@clew/store'
import { z } from 'zod'
import { found } from '../api-error.ts'
import { detail, facetFields, filterInput, newestFirst, ofTrace, page, runSort, spanId } from '../inputs.ts'
import { checkFilter } from '../reads/check-filter.ts'
import { hideSummaryContent } from '../reads/hide-content.ts'
import { readFullSpan } from '../reads/read-full-span.ts'
import { readRun } from '../reads/read-run.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'
import { runEvents } from './run-events.ts'

export type RunHistogram = { startUnixNano: string; total: number; failed: number; running: number }[]
export type RunFacets = Partial<Record<RunFacetField, { value: string; count: number }[]>>

const filtered = z.object({ filter: filterInput })
const reader = projectProcedure('read')

export const runsRouter = router({
  list: reader
    .input(page.extend({ filter: filterInput, sort: runSort.default(newestFirst) }))
    .query(async ({ ctx, input }): Promise<Page<RunSummary>> => {
      const { project, store } = ctx
      const { cursor, limit, sort } = input
      const filter = checkFilter({ filter: input.filter, project })
      const { items, ...rest } = await listRuns(store, {
        ...project,
        filter,
        sort,
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      })
      return { items: project.mayReadContent ? items : items.map(hideSummaryContent), ...rest }
    }),

  count: reader.input(filtered).query(async ({ ctx, input }): Promise<{ count: number }> => {
    const filter = checkFilter({ filter: input.filter, project: ctx.project })
    return { count: await countRuns(ctx.store, { ...ctx.project, filter }) }
  }),

  histogram: reader
    .input(filtered.extend({ buckets: z.number().int().min(1).max(500).default(60) }))
    .query(async ({ ctx, input }): Promise<RunHistogram> => {
      const filter = checkFilter({ filter: input.filter, project: ctx.project })
      return runHistogram(ctx.store, { ...ctx.project, filter, buckets: input.buckets })
    }),

  /** What all spans since a moment say of approvals, evidence, budgets and delays. */
  boardFigures: reader
    .input(z.object({ since: z.number().int().nonnegative() }))
    .query(async ({ ctx, input }): Promise<BoardFigures> => {
      return readBoardFigures(ctx.store, { ...ctx.project, sinceMs: input.since })
    }),

  facets: reader
    .input(
      filtered.extend({
        fields: z
          .array(z.enum(facetFields))
          .min(1)
          .default([...facetFields]),
      }),
    )
    .query(async ({ ctx, input }): Promise<RunFacets> => {
      const filter = checkFilter({ filter: input.filter, project: ctx.project })
      return runFacets(ctx.store, { ...ctx.project, filter, fields: input.fields })
    }),

  /** The run with previews; payloads are fetched a span at a time. */
  get: reader.input(ofTrace.extend({ detail })).query(async ({ ctx, input }): Promise<Run> => {
    const { store, project, clock } = ctx
    const { traceId } = input
    const run = found(await readRun({ store, project, traceId, content: 'preview', now: clock() }), 'run')
    return input.detail === 'lean' ? toLeanRun(run) : run
  }),

  span: reader.input(ofTrace.extend({ spanId })).query(async ({ ctx, input }): Promise<WireSpan> => {
    const { store, project, clock, live } = ctx
    const followed = live.followed.find({ project, traceId: input.traceId })
    return found(await readFullSpan({ store, project, ...input, now: clock(), followed }), 'span')
  }),

  graph: reader.input(ofTrace).query(async ({ ctx, input }): Promise<ExecutionGraph> => {
    const { store, project, clock } = ctx
    const run = found(await readRun({ store, project, ...input, content: 'preview', now: clock() }), 'run')
    return buildExecutionGraph({ graphId: input.traceId, spans: run.spans })
  }),

  events: runEvents,
})
