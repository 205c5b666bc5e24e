import { createProject, listProjects, renameProject, type Project } from '@clew/control'
import { z } from 'zod'
import { unwrap } from '../api-error.ts'
import { knownProcedure, projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

const name = z.string().trim().min(1).max(100)
const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/, 'lower-case letters, digits and hyphens')
  .optional()

export const projectsRouter = router({
  list: knownProcedure.query(async ({ ctx }): Promise<Project[]> => {
    return unwrap(await listProjects(ctx.control, ctx.principal, {}))
  }),

  create: knownProcedure
    .input(z.object({ name, slug }))
    .mutation(async ({ ctx, input }): Promise<Project> => {
      const wanted = { name: input.name, ...(input.slug === undefined ? {} : { slug: input.slug }) }
      return unwrap(await createProject(ctx.control, ctx.principal, wanted))
    }),

  rename: projectProcedure('read')
    .input(z.object({ name }))
    .mutation(async ({ ctx, input }): Promise<Project> => {
      const { projectId } = ctx.project
      return unwrap(await renameProject(ctx.control, ctx.principal, { projectId, name: input.name }))
    }),
})
