import { reduceRun } from '@clew/domain'
import type { LiveRun, RunEvent } from '@clew/domain'
import { buildRunModelInParts } from '@clew/domain/story'
import type { RunModel } from '@clew/domain/story'
import { inParts } from '#lib/in-parts.ts'

/** A run and what its page is drawn from, which belong together. */
export interface ShownRun {
  run: LiveRun
  model: RunModel
}

/**
 * Takes in what a run's stream tells. Events that arrive within a frame, or while earlier ones are worked on, are
 * taken in at once. Invariant: what is shown last holds every event that was taken before it.
 */
export class RunFollower {
  readonly #show: (shown: ShownRun) => void
  #pending: RunEvent[] = []
  #run: LiveRun | undefined
  #isAtWork = false
  #isStopped = false

  constructor(show: (shown: ShownRun) => void) {
    this.#show = show
  }

  take(event: RunEvent): void {
    this.#pending.push(event)
    if (!this.#isAtWork) void this.#work()
  }

  start(): void {
    this.#isStopped = false
  }

  /** Shows nothing more until it is started again. */
  stop(): void {
    this.#isStopped = true
  }

  async #work(): Promise<void> {
    this.#isAtWork = true
    try {
      while (this.#pending.length > 0 && !this.#isStopped) {
        await nextFrame()
        const events = this.#pending
        this.#pending = []
        const shown = await inParts(takeInParts(this.#run, events))
        this.#run = shown?.run
        if (shown !== undefined && !this.#isStopped) this.#show(shown)
      }
    } finally {
      this.#isAtWork = false
    }
  }
}

function* takeInParts(
  before: LiveRun | undefined,
  events: readonly RunEvent[],
): Generator<undefined, ShownRun | undefined> {
  const run = reduceRun(before, events)
  if (run === undefined) return undefined
  yield
  return { run, model: yield* buildRunModelInParts(run) }
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve))
}
