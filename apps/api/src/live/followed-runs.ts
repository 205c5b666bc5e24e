import type { LiveRun } from '@clew/domain'
import type { ProjectScope } from '../project-scope.ts'
import { readerKey } from './reader-key.ts'

type StateOf = () => LiveRun | undefined

/** The runs that streams of this process follow, as they were told last: who asks about one needn't read it whole. */
export class FollowedRuns {
  readonly #states = new Map<string, Set<StateOf>>()

  /** Until the returned function is called. */
  add(of: { project: ProjectScope; traceId: string }, stateOf: StateOf): () => void {
    const key = readerKey(of.project, of.traceId)
    const states = this.#states.get(key) ?? new Set()
    this.#states.set(key, states.add(stateOf))
    return () => {
      states.delete(stateOf)
      if (states.size === 0 && this.#states.get(key) === states) this.#states.delete(key)
    }
  }

  find(of: { project: ProjectScope; traceId: string }): LiveRun | undefined {
    for (const stateOf of this.#states.get(readerKey(of.project, of.traceId)) ?? []) {
      const state = stateOf()
      if (state !== undefined) return state
    }
    return undefined
  }
}
