import { getProject } from '@clew/control'
import { readUsage } from '@clew/store'
import { z } from 'zod'
import { unwrap } from '../../api-error.ts'
import { defineRoute } from '../route.ts'

export const doctorRoutes = [
  defineRoute({
    method: 'GET',
    path: '/v1/doctor',
    summary: 'What works and what does not, in words',
    scopes: ['read'],
    params: z.object({}),
    returns: 'project: which one is asked about; checks: each with its name, status and detail',
    handle: async ({ deps, ctx, principal }) => {
      const wanted = { project: ctx.project.projectId }
      const { id, slug, name } = unwrap(await getProject(deps.control, principal, wanted))
      const isStoreUp = await deps.store.ping()
      const usage = isStoreUp ? await readUsage(deps.store, { projectId: ctx.project.projectId }) : undefined
      const spans = usage?.spanCount ?? 0
      return {
        version: deps.config.version,
        otlpUrl: deps.config.otlpUrl,
        project: { id, slug, name },
        checks: [
          {
            name: 'store',
            status: isStoreUp ? 'ok' : 'failed',
            detail: isStoreUp ? 'answers' : 'does not answer',
          },
          { name: 'key', status: 'ok', detail: `${principal.label}: ${[...principal.scopes].join(', ')}` },
          { name: 'spans', status: spans > 0 ? 'ok' : 'waiting', detail: `${spans} stored in this project` },
        ],
      }
    },
  }),
]
