import { readUsage, type ProjectUsage } from '@clew/store'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export interface SystemStatus {
  version: string
  nodeVersion: string
  uptimeSeconds: number
  memoryBytes: number
  isStoreUp: boolean
  otlpUrl: string
  publicUrl: string
  /** For administrators only. */
  dataDir?: string
  usage: ProjectUsage
}

export const systemRouter = router({
  status: projectProcedure('read').query(async ({ ctx }): Promise<SystemStatus> => {
    const { version, otlpUrl, publicUrl, dataDir } = ctx.config
    const isAdmin = ctx.principal.scopes.has('admin')
    return {
      version,
      nodeVersion: process.version,
      uptimeSeconds: Math.round(process.uptime()),
      memoryBytes: process.memoryUsage.rss(),
      isStoreUp: await ctx.store.ping(),
      otlpUrl,
      publicUrl,
      ...(isAdmin && dataDir !== undefined ? { dataDir } : {}),
      usage: await readUsage(ctx.store, { projectId: ctx.project.projectId }),
    }
  }),
})
