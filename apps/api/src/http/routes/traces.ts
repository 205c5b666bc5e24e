import { listRuns, readScores } from '@clew/store'
import { z } from 'zod'
import { found } from '../../api-error.ts'
import { cursor, newestFirst, traceId } from '../../inputs.ts'
import { checkFilter } from '../../reads/check-filter.ts'
import { exportFormats, exportRun } from '../../reads/export-run.ts'
import { hideScoreContent, hideSummaryContent } from '../../reads/hide-content.ts'
import { readRun } from '../../reads/read-run.ts'
import { withSources } from '../../reads/with-sources.ts'
import { countParam, filterParam, speedParam } from '../params.ts'
import { defineRoute } from '../route.ts'
import { openRun } from '../../live/open-subject.ts'
import { replayRun, streamSubject } from '../stream-subject.ts'
import { lastEventIdOf } from '../write-stream.ts'

export const traceRoutes = [
  defineRoute({
    method: 'GET',
    path: '/v1/traces',
    summary: 'Runs, newest first',
    scopes: ['read'],
    params: z.object({
      limit: countParam({ min: 1, max: 200, standard: 50 }),
      cursor: cursor.optional(),
      filter: filterParam,
    }),
    returns: 'items: summaries of runs; nextCursor, absent on the last page',
    handle: async ({ deps, ctx, params }) => {
      const { project } = ctx
      const { items, ...rest } = await listRuns(deps.store, {
        ...project,
        filter: checkFilter({ filter: params.filter, project }),
        sort: newestFirst,
        limit: params.limit,
        ...(params.cursor === undefined ? {} : { cursor: params.cursor }),
      })
      return { items: project.mayReadContent ? items : items.map(hideSummaryContent), ...rest }
    },
  }),

  defineRoute({
    method: 'GET',
    path: '/v1/traces/{traceId}',
    summary: 'A run with its spans',
    scopes: ['read'],
    params: z.object({
      traceId,
      content: z.enum(['preview', 'full']).default('preview'),
      format: z
        .enum(['clew', ...exportFormats])
        .default('clew')
        .describe(
          'otlp: OTLP/JSON as it came in, redactions excepted; genai: the same in GenAI semantic conventions',
        ),
    }),
    returns:
      'trace: the summary; spans: canonical spans, with previews unless content=full; scores. With format=otlp or genai: resourceSpans',
    handle: async ({ deps, ctx, params }) => {
      const { store, clock } = deps
      const { format, ...wanted } = params
      const options = { store, project: ctx.project, ...wanted, now: clock() }
      if (format !== 'clew') return found(await exportRun({ ...options, format }), 'trace')
      const [read, scores] = await Promise.all([
        readRun(options),
        readScores(store, { ...ctx.project, traceIds: [params.traceId] }),
      ])
      const { trace, spans } = found(read, 'trace')
      return {
        trace,
        spans: wanted.content === 'full' ? spans.map(withSources) : spans,
        scores: ctx.project.mayReadContent ? scores : scores.map(hideScoreContent),
      }
    },
  }),

  defineRoute({
    method: 'GET',
    path: '/v1/traces/{traceId}/stream',
    summary: 'A run as it happens, or a finished one at a given speed',
    scopes: ['read'],
    params: z.object({ traceId, speed: speedParam }),
    returns: 'run events: snapshot, then changes, then end; resumes after Last-Event-ID',
    isStream: true,
    handle: (request) => {
      const { traceId: wanted, speed } = request.params
      const lastEventId = lastEventIdOf(request.req)
      return streamSubject({
        request,
        speed,
        open: () => openRun(request.ctx, { traceId: wanted, lastEventId }),
        replay: () => replayRun(request, { traceId: wanted }),
      })
    },
  }),
]
