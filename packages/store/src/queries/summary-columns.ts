import { z } from 'zod'
import { boundTime } from './scope.ts'

/** The columns that a RunSummary is made of; previews only while content may be seen. */
export const summaryColumns = `trace_id, summary,
  if(start_time >= ${boundTime('contentCutoff')}, input_preview, '') AS input_seen,
  if(start_time >= ${boundTime('contentCutoff')}, output_preview, '') AS output_seen`

export const summaryRow = z.object({
  trace_id: z.string(),
  summary: z.string(),
  input_seen: z.string(),
  output_seen: z.string(),
})
