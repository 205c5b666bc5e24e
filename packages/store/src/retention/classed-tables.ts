/** A table whose rows carry a class of days. */
export interface ClassedTable {
  table: string
  time: string
  /** What tells a row and its version from all others of the project. */
  identity?: string
  /** The class that a row should have; `metadataDays` and `contentDays` are bound. */
  days: string
  /** Columns besides the class that repeat the policy. */
  contentDaysColumn?: 'content_retention_days'
}

const metadata = '{metadataDays:UInt16}'
const content = '{contentDays:UInt16}'

/**
 * Every table that expires by class. `trace_lookup` has no identity: it follows the spans, and its rows of an
 * old class hold nothing but times and expire by themselves.
 */
export const classedTables: readonly ClassedTable[] = [
  {
    table: 'spans',
    time: 'start_time',
    identity: 'trace_id, span_id, ver',
    days: metadata,
    contentDaysColumn: 'content_retention_days',
  },
  { table: 'span_content', time: 'start_time', identity: 'trace_id, span_id, ver', days: content },
  {
    table: 'logs',
    time: 'time',
    identity: 'trace_id, log_id, ver',
    days: `if(has_content, ${content}, ${metadata})`,
  },
  { table: 'run_events', time: 'time', identity: 'trace_id, event_id, ver', days: content },
  { table: 'scores', time: 'time', identity: 'trace_id, score_id, ver', days: metadata },
  {
    table: 'trace_summary',
    time: 'start_time',
    identity: 'trace_id, start_time, ver',
    days: metadata,
    contentDaysColumn: 'content_retention_days',
  },
  {
    table: 'trace_metrics',
    time: 'hour',
    identity: 'trace_id, hour, kind, agent_name, model, tool_name, caller_agent, ver',
    days: metadata,
  },
  { table: 'trace_lookup', time: 'start_max', days: metadata, contentDaysColumn: 'content_retention_days' },
]
