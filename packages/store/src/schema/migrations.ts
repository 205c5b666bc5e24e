import { mergeSettings } from './engine.ts'
import { createLiveSpansTable, createTraceLookupTable } from './marker-tables.ts'
import { createLogsTable, createRunEventsTable, createScoresTable } from './record-tables.ts'
import { createSpanContentTable } from './span-content-table.ts'
import { createSpansTable } from './spans-table.ts'
import { createTraceMetricsTable, createTraceSummaryTable } from './summary-tables.ts'

export interface Migration {
  version: number
  name: string
  /** Each can run twice: a crash between the statements and their record repeats them. */
  statements: readonly string[]
}

/** In order, never changed once released; a later one adds columns and tables and moves no rows. */
export function listMigrations(): Migration[] {
  return [
    {
      version: 1,
      name: 'first tables',
      statements: [
        createSpansTable(),
        createSpanContentTable(),
        createLogsTable(),
        createRunEventsTable(),
        createScoresTable(),
        createTraceLookupTable(),
        createLiveSpansTable(),
        createTraceSummaryTable(),
        createTraceMetricsTable(),
      ],
    },
    {
      version: 2,
      name: 'which rules wrote a span',
      statements: [
        'ALTER TABLE spans ADD COLUMN IF NOT EXISTS normaliser_version LowCardinality(String) AFTER dialect',
      ],
    },
    {
      version: 3,
      name: 'fewer merges of small parts',
      statements: [
        'spans',
        'span_content',
        'logs',
        'run_events',
        'scores',
        'trace_lookup',
        'live_spans',
        'trace_summary',
        'trace_metrics',
      ].map((table) => `ALTER TABLE ${table} MODIFY SETTING ${mergeSettings}`),
    },
  ]
}
