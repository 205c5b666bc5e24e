import type { ProjectScope } from '../project-scope.ts'

/** Equal for readers who may see the same of the same thing: what was read for one serves the other. */
export function readerKey(project: ProjectScope, ...of: readonly string[]): string {
  const { projectId, mayReadContent, retention } = project
  return JSON.stringify([projectId, mayReadContent, retention, ...of])
}
