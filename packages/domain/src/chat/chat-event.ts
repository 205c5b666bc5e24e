import type { Cost, Usage } from '@clew/semconv/span'

/** How a run of a chat stands. */
export type ChatRunStatus = 'running' | 'completed' | 'failed' | 'lost'

/**
 * What happens in a chat, in the words of agent streams. `seq` rises within a stream; `at` is ISO 8601 in the run's
 * own time. After `resync` everything is told from the start; `end` is the last.
 */
export type ChatEvent = { seq: number; at: string } & (
  | { type: 'run.started'; traceId: string; name: string; agent?: string; input?: string }
  | {
      type: 'run.state_changed'
      traceId: string
      status: ChatRunStatus
      durationMs?: number
      output?: string
      outcome?: string
      stopReason?: string
    }
  | ({ type: 'turn.started' } & TurnHead)
  | ({
      type: 'turn.completed'
      status: 'completed' | 'failed' | 'lost'
      durationMs: number
      output?: string
      finishReason?: string
      toolCalls?: { id?: string; name: string }[]
      usage?: Usage
      cost?: Cost
    } & TurnHead)
  | {
      type: 'content.delta'
      traceId: string
      spanId: string
      deltaSeq: number
      channel: 'text' | 'arguments' | 'reasoning'
      text: string
    }
  | ({ type: 'tool.started'; arguments?: string } & ToolHead)
  | ({
      type: 'tool.completed'
      status: 'completed' | 'failed' | 'lost'
      durationMs?: number
      result?: string
      error?: string
    } & ToolHead)
  | { type: 'approval.required'; traceId: string; spanId: string; name: string; input?: string }
  | {
      type: 'approval.resolved'
      traceId: string
      spanId: string
      name: string
      decision?: string
      by?: string
      waitMs?: number
      output?: string
    }
  | { type: 'usage.updated'; traceId: string; usage?: Usage; cost?: Cost }
  | { type: 'context.compacted'; traceId: string; spanId: string; detail?: string }
  | { type: 'error'; traceId: string; spanId: string; name: string; message?: string; errorType?: string }
  | { type: 'resync' }
  | { type: 'end'; reason: 'completed' | 'failed' | 'lost' }
)

interface TurnHead {
  traceId: string
  /** The model call that opens the turn. */
  spanId: string
  /** Counts up from 1 within its agent's run. */
  turn: number
  agent?: string
  model?: string
}

interface ToolHead {
  traceId: string
  spanId: string
  name: string
  callId?: string
  agent?: string
}
