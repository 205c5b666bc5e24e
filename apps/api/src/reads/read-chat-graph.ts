import { buildExecutionGraph, type ExecutionGraph } from '@clew/domain'
import { readSession, type Store } from '@clew/store'
import type { ProjectScope } from '../project-scope.ts'
import { readRuns } from './read-run.ts'

const runsMax = 200

/** The execution graph of a chat over all of its runs. */
export async function readChatGraph(options: {
  store: Store
  project: ProjectScope
  sessionId: string
  now: number
}): Promise<ExecutionGraph | undefined> {
  const { store, project, sessionId, now } = options
  const found = await readSession(store, { ...project, sessionId })
  if (found === undefined) return undefined
  const traceIds = found.traceIds.slice(-runsMax)
  const runs = await readRuns({ store, project, traceIds, content: 'preview', now })
  return buildExecutionGraph({ graphId: sessionId, spans: runs.flatMap((run) => run.spans) })
}
