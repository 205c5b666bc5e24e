/** A tool call that the scripted model makes; `arguments` is JSON-encoded unless it is text already. */
export interface FakeToolCall {
  name: string
  arguments: unknown
  id?: string
}

/** Token counts as the canonical span has them: `input` includes cache, `output` includes reasoning. */
export interface FakeUsage {
  input?: number
  output?: number
  cacheRead?: number
  cacheWrite?: number
  reasoning?: number
}

/** What goes wrong: an HTTP error, no answer at all, or a connection cut in the middle of the answer. */
export type FakeFault =
  | {
      kind: 'status'
      status: number
      message?: string
      type?: string
      code?: string
      retryAfterSeconds?: number
    }
  | { kind: 'hang' }
  | { kind: 'cut'; afterChunks?: number }
  | { kind: 'failed-response'; message?: string }

/** One answer of the scripted model. Counts that are absent follow from the length of the text. */
export interface FakeReply {
  text?: string
  reasoning?: string
  toolCalls?: readonly FakeToolCall[]
  /** Further choices beside the first one (`n` > 1 in chat completions). */
  alternatives?: readonly string[]
  finishReason?: 'stop' | 'length' | 'tool_calls' | 'content_filter'
  usage?: FakeUsage
  model?: string
  /** Milliseconds before the first token; overrides the server's latency. */
  latencyMs?: number
  /** Milliseconds between streamed chunks; overrides the server's latency. */
  chunkDelayMs?: number
  embeddings?: readonly (readonly number[])[]
  fault?: FakeFault
}
