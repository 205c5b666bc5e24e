import {
  createProject,
  createProjectInput,
  listProjects,
  renameProject,
  renameProjectInput,
  type Project,
} from '@clew/control'
import { unwrap } from '../api-error.ts'
import { knownProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export const projectsRouter = router({
  list: knownProcedure.query(async ({ ctx }): Promise<Project[]> => {
    return unwrap(await listProjects(ctx.control, ctx.principal))
  }),

  create: knownProcedure.input(createProjectInput).mutation(async ({ ctx, input }): Promise<Project> => {
    return unwrap(await createProject(ctx.control, ctx.principal, input))
  }),

  rename: knownProcedure.input(renameProjectInput).mutation(async ({ ctx, input }): Promise<Project> => {
    return unwrap(await renameProject(ctx.control, ctx.principal, input))
  }),
})
