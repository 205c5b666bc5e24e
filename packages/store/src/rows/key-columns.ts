import type { RowOwner } from '../insert/batch.ts'
import { DictionaryColumn } from '../native/dictionary-column.ts'
import { BigintColumn, CountColumn, DecimalColumn, FixedTextColumn } from '../native/scalar-columns.ts'

/**
 * Whose a row is, which span of which trace, and which version of it: what all span tables begin with. They mostly
 * have the same rows, one table after another, so that one set of columns serves them all.
 */
export class KeyColumns {
  private held: readonly KeyedRecord[] = []
  readonly columns = {
    organisation_id: new DictionaryColumn(),
    project_id: new DictionaryColumn(),
    received_at: new CountColumn("DateTime64(3, 'UTC')"),
    ver: new BigintColumn('UInt64'),
    trace_id: new FixedTextColumn(32),
    span_id: new FixedTextColumn(16),
    start_time: new DecimalColumn("DateTime64(9, 'UTC')"),
  }

  /** Holds a row for each of the records. */
  hold(records: readonly KeyedRecord[]): void {
    const { held } = this
    if (records.length === held.length && records.every((record, row) => record === held[row])) return
    this.release()
    for (const [row, record] of records.entries()) this.set(row, record)
    this.held = records
  }

  /** Lets go of the records. */
  release(): void {
    for (const column of Object.values(this.columns)) column.reset()
    this.held = []
  }

  private set(row: number, record: KeyedRecord): void {
    const { columns } = this
    const { owner, span } = record
    columns.organisation_id.set(row, owner.organisationId)
    columns.project_id.set(row, owner.projectId)
    columns.received_at.set(row, Math.trunc(owner.receivedAtMs))
    columns.ver.set(row, record.version)
    columns.trace_id.set(row, span.traceId)
    columns.span_id.set(row, span.spanId)
    columns.start_time.set(row, span.startTimeUnixNano)
  }
}

export interface KeyedRecord {
  owner: RowOwner
  span: { traceId: string; spanId: string; startTimeUnixNano: string }
  version: bigint
}
