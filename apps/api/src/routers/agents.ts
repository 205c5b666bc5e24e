import type { AgentCallEdge, AgentSummary, RunSummary } from '@clew/domain'
import { agentCallEdges, listAgents, listRuns, readAgent } from '@clew/store'
import { found } from '../api-error.ts'
import { agentName, newestFirst, timeWindow } from '../inputs.ts'
import { hideSummaryContent } from '../reads/hide-content.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export interface AgentDetail {
  agent: AgentSummary
  edges: AgentCallEdge[]
  recentRuns: RunSummary[]
}

const dayMs = 86_400_000
const recentRunsMax = 20
const reader = projectProcedure('read').input(timeWindow)

export const agentsRouter = router({
  list: reader.query(async ({ ctx, input }): Promise<AgentSummary[]> => {
    return listAgents(ctx.store, { ...ctx.project, ...toWindow({ ...input, now: ctx.clock() }) })
  }),

  get: reader
    .input(timeWindow.extend({ name: agentName }))
    .query(async ({ ctx, input }): Promise<AgentDetail> => {
      const { store, project } = ctx
      const { name } = input
      const window = toWindow({ ...input, now: ctx.clock() })
      const [agent, edges, runs] = await Promise.all([
        readAgent(store, { ...project, ...window, name }),
        agentCallEdges(store, { ...project, ...window, name }),
        listRuns(store, {
          ...project,
          filter: {
            scope: 'any',
            where: { field: 'agent', op: '=', value: name },
            since: window.sinceMs,
            until: window.untilMs,
          },
          sort: newestFirst,
          limit: recentRunsMax,
        }),
      ])
      const recentRuns = project.mayReadContent ? runs.items : runs.items.map(hideSummaryContent)
      return { agent: found(agent, 'agent'), edges, recentRuns }
    }),
})

/** A minute is added to now, since clocks of senders run ahead. */
function toWindow(input: { since?: number | undefined; until?: number | undefined; now: number }) {
  const untilMs = input.until ?? input.now + 60_000
  return { sinceMs: input.since ?? untilMs - 7 * dayMs, untilMs }
}
