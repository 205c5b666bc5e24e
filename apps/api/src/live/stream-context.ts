import type { ApiContext } from '../trpc/context.ts'
import type { ProjectScope } from '../project-scope.ts'

/** What a stream needs to know of its reader and of where it reads. */
export type StreamContext = Pick<
  ApiContext,
  'clock' | 'control' | 'credential' | 'live' | 'logger' | 'reauthenticate' | 'store'
> & { project: ProjectScope }
