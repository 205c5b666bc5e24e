import { readUsage, type ProjectUsage } from '@clew/store'
import { runDoctor, type DoctorReport } from '../doctor/run-doctor.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export interface SystemStatus {
  version: string
  nodeVersion: string
  uptimeSeconds: number
  memoryBytes: number
  otlpUrl: string
  publicUrl: string
  /** For administrators only. */
  dataDir?: string
  /** Absent while the store is away. */
  usage?: ProjectUsage
}

export const systemRouter = router({
  status: projectProcedure('read').query(async ({ ctx }): Promise<SystemStatus> => {
    const { version, otlpUrl, publicUrl, dataDir } = ctx.config
    const isAdmin = ctx.principal.scopes.has('admin')
    const isStoreUp = await ctx.store.ping()
    return {
      version,
      nodeVersion: process.version,
      uptimeSeconds: Math.round(process.uptime()),
      memoryBytes: process.memoryUsage.rss(),
      otlpUrl,
      publicUrl,
      ...(isAdmin && dataDir !== undefined ? { dataDir } : {}),
      ...(isStoreUp && { usage: await readUsage(ctx.store, { projectId: ctx.project.projectId }) }),
    }
  }),

  /** The same that `GET /v1/doctor` answers. */
  doctor: projectProcedure('read').query(({ ctx }): Promise<DoctorReport> => {
    return runDoctor({ deps: ctx, principal: ctx.principal, project: ctx.project })
  }),
})
