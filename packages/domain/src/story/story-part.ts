import type { SpanKind } from '@clew/semconv/span'

/** A piece of the sentence that a step is told in. */
export type StoryPart =
  | {
      as: 'verb' | 'text' | 'code' | 'quote' | 'aside' | 'fail' | 'prose' | 'removed' | 'added'
      text: string
    }
  | { as: 'duration'; ms: number }

/** The quiet line below a step. */
export interface StoryNote {
  tone: 'quiet' | 'fail' | 'live'
  parts: readonly StoryPart[]
}

/** The shape on the rail; a status comes before a kind. */
export type StoryMark =
  | { by: 'kind'; kind: SpanKind }
  | { by: 'fail' | 'retry' | 'handoff' | 'running' | 'waiting' | 'lost' }

export interface StepTelling {
  mark: StoryMark
  parts: readonly StoryPart[]
  note?: StoryNote
}
