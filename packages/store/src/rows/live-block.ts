import { toNativeBlock } from '../native/native-block.ts'
import { TextColumn } from '../native/scalar-columns.ts'
import { KeyColumns } from './key-columns.ts'
import type { SpanRecord } from './span-block.ts'

/** Rows of `live_spans`: the start or finish marker of each span. */
export class LiveBlock {
  private rows = 0
  private readonly key = new KeyColumns()
  private readonly columns = {
    state: new TextColumn(),
    kind: new TextColumn(),
    name: new TextColumn(),
    agent_name: new TextColumn(),
    service_name: new TextColumn(),
  }

  add(record: SpanRecord): void {
    const { columns, rows: row } = this
    const { span } = record
    this.key.set(row, record)
    columns.state.set(row, span.state)
    columns.kind.set(row, span.kind)
    columns.name.set(row, span.name)
    if (span.agent?.name !== undefined) columns.agent_name.set(row, span.agent.name)
    if (span.serviceName !== undefined) columns.service_name.set(row, span.serviceName)
    this.rows += 1
  }

  bytes(): Buffer {
    return toNativeBlock({ rows: this.rows, columns: { ...this.key.columns, ...this.columns } })
  }
}
