import { toEpochMs } from '@clew/domain'
import type { RowOwner } from '../insert/batch.ts'
import { DictionaryColumn } from '../native/dictionary-column.ts'
import { NativeBlock } from '../native/native-block.ts'
import { BigintColumn, DecimalColumn, FixedTextColumn, NumberColumn } from '../native/scalar-columns.ts'

const dayMs = 86_400_000

/** Where in time the records of one trace lie that came in one batch. */
export interface TraceRange {
  owner: RowOwner
  traceId: string
  /** Decimal nanoseconds. */
  startMin: string
  startMax: string
  receivedFirstMs: number
  receivedLastMs: number
}

/** Rows of `trace_lookup`. */
export class LookupBlock {
  private readonly columns = {
    organisation_id: new DictionaryColumn(),
    project_id: new DictionaryColumn(),
    retention_days: new NumberColumn('UInt16'),
    content_retention_days: new NumberColumn('UInt16'),
    start_day: new NumberColumn('UInt16', 'Date'),
    trace_id: new FixedTextColumn(32),
    start_min: new DecimalColumn("DateTime64(9, 'UTC')"),
    start_max: new DecimalColumn("DateTime64(9, 'UTC')"),
    received_first: new BigintColumn("DateTime64(3, 'UTC')"),
    received_last: new BigintColumn("DateTime64(3, 'UTC')"),
  }
  private readonly block = new NativeBlock(this.columns)

  add({ owner, traceId, startMin, startMax, receivedFirstMs, receivedLastMs }: TraceRange): void {
    const { columns } = this
    const row = this.block.rows
    columns.organisation_id.set(row, owner.organisationId)
    columns.project_id.set(row, owner.projectId)
    columns.retention_days.set(row, owner.retention.metadataDays)
    columns.content_retention_days.set(row, owner.retention.contentDays)
    columns.start_day.set(row, Math.floor(toEpochMs(startMin) / dayMs))
    columns.trace_id.set(row, traceId)
    columns.start_min.set(row, startMin)
    columns.start_max.set(row, startMax)
    columns.received_first.set(row, BigInt(Math.trunc(receivedFirstMs)))
    columns.received_last.set(row, BigInt(Math.trunc(receivedLastMs)))
    this.block.rows += 1
  }

  take(): Buffer {
    return this.block.take()
  }

  clear(): void {
    this.block.clear()
  }
}
