import { z } from 'zod'
import { runDoctor } from '../../doctor/run-doctor.ts'
import { defineRoute } from '../route.ts'

export const doctorRoutes = [
  defineRoute({
    method: 'GET',
    path: '/v1/doctor',
    summary: 'What works and what does not, in words',
    scopes: ['read'],
    params: z.object({}),
    returns:
      'project: which one is asked about; status: of the worst check; checks: each with name, title, status (ok, waiting, warning, failed), detail and, where something can be done, advice',
    handle: ({ deps, ctx, principal }) => runDoctor({ deps, principal, project: ctx.project }),
  }),
]
