import { DictionaryColumn } from '../native/dictionary-column.ts'
import { NativeBlock } from '../native/native-block.ts'
import type { KeyColumns } from './key-columns.ts'
import type { SpanRecord } from './span-block.ts'

/** Rows of `live_spans`: the start or finish marker of each span. */
export class LiveBlock {
  private readonly key: KeyColumns
  private records: SpanRecord[] = []
  private readonly columns = {
    state: new DictionaryColumn(),
    kind: new DictionaryColumn(),
    name: new DictionaryColumn(),
    agent_name: new DictionaryColumn(),
    service_name: new DictionaryColumn(),
  }
  private readonly block: NativeBlock

  constructor(key: KeyColumns) {
    this.key = key
    this.block = new NativeBlock(this.columns, key.columns)
  }

  add(record: SpanRecord): void {
    const { columns } = this
    const row = this.block.rows
    const { span } = record
    this.records.push(record)
    columns.state.set(row, span.state)
    columns.kind.set(row, span.kind)
    columns.name.set(row, span.name)
    if (span.agent?.name !== undefined) columns.agent_name.set(row, span.agent.name)
    if (span.serviceName !== undefined) columns.service_name.set(row, span.serviceName)
    this.block.rows += 1
  }

  take(): Buffer {
    this.key.hold(this.records)
    const bytes = this.block.take()
    this.records = []
    return bytes
  }

  clear(): void {
    this.block.clear()
    this.records = []
  }
}
