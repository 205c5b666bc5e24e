import { z } from 'zod'
import { createScore, newScore } from '../../writes/create-score.ts'
import { readJson } from '../read-body.ts'
import { defineRoute } from '../route.ts'

const bytesMax = 100_000

/** A slip of the pen in a field's name is told, not lost. */
const wanted = z.strictObject(newScore.shape)

export const scoreRoutes = [
  defineRoute({
    method: 'POST',
    path: '/v1/scores',
    summary: 'Records an outcome that became known after the run',
    scopes: ['write', 'ingest'],
    params: z.object({}),
    body: wanted,
    returns: 'id: of the score; the same id again replaces it',
    handle: async ({ deps, ctx, principal, req }) => {
      const score = wanted.parse(await readJson({ req, bytesMax }))
      return createScore({ ctx: deps, principal, projectId: ctx.project.projectId, score })
    },
  }),
]
