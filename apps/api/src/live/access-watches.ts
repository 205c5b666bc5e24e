import {
  authorise,
  retentionOf,
  type AuthenticationFailure,
  type Control,
  type Principal,
} from '@clew/control'
import type { ProjectId, Result } from '@clew/domain'
import { ApiError, unwrap } from '../api-error.ts'
import type { ProjectScope } from '../project-scope.ts'
import { toApiError } from '../to-api-error.ts'

export interface AccessSubject {
  /** Tells callers apart without holding their secret. */
  credential: string
  project: ProjectScope
  reauthenticate: () => Promise<Result<Principal, AuthenticationFailure>>
}

type OnLost = (error: ApiError) => void

interface Entry {
  timer: NodeJS.Timeout
  watchers: Set<OnLost>
}

/** With the second that control takes at most to hear of a change, a stream ends within one of it. */
const lookMs = 450

/**
 * Keeps asking whether those who read streams still may. Invariant: each caller and project is asked about once at a
 * time, however many streams it has open; whoever may no longer, or no longer as much, loses all of them.
 */
export class AccessWatches {
  readonly #control: Control
  readonly #entries = new Map<string, Entry>()

  constructor({ control }: { control: Control }) {
    this.#control = control
  }

  /** Calls back once when the access is lost, until the returned function is called. */
  watch(subject: AccessSubject, onLost: OnLost): () => void {
    const { project, credential } = subject
    const seen = `${project.projectId} ${project.mayReadContent} ${JSON.stringify(project.retention)}`
    const key = `${credential} ${seen}`
    const entry = this.#entries.get(key) ?? this.#open(key, subject)
    entry.watchers.add(onLost)
    return () => {
      entry.watchers.delete(onLost)
      if (entry.watchers.size === 0) this.#drop(key, entry)
    }
  }

  #open(key: string, subject: AccessSubject): Entry {
    const look = () => {
      void this.#check(subject).then((error) => {
        if (this.#entries.get(key) !== entry) return
        if (error === undefined) {
          entry.timer = setTimeout(look, lookMs)
          return
        }
        this.#drop(key, entry)
        for (const onLost of entry.watchers) onLost(error)
      })
    }
    const entry: Entry = { timer: setTimeout(look, lookMs), watchers: new Set() }
    this.#entries.set(key, entry)
    return entry
  }

  #drop(key: string, entry: Entry): void {
    clearTimeout(entry.timer)
    if (this.#entries.get(key) === entry) this.#entries.delete(key)
  }

  async #check({ project, reauthenticate }: AccessSubject): Promise<ApiError | undefined> {
    try {
      const principal = unwrap(await reauthenticate())
      const { mayReadContent } = unwrap(authorise(principal, { scope: 'read', projectId: project.projectId }))
      const isSame = mayReadContent === project.mayReadContent && (await this.#isKeptAsLong(project))
      return isSame
        ? undefined
        : new ApiError({ code: 'unavailable', message: 'What may be read has changed; read again' })
    } catch (thrown) {
      const error =
        toApiError(thrown) ?? new ApiError({ code: 'unavailable', message: 'Access cannot be checked' })
      // A database that is away for a moment ends nobody's access.
      return error.code === 'unavailable' ? undefined : error
    }
  }

  async #isKeptAsLong(project: {
    projectId: ProjectId
    retention: ProjectScope['retention']
  }): Promise<boolean> {
    const now = await retentionOf(this.#control, project.projectId)
    return JSON.stringify(now) === JSON.stringify(project.retention)
  }
}
