import { fail, ok, type Result } from '@clew/domain'
import type { AttributeMap, DecodedScope } from '@clew/semconv/span'
import { readAttribute } from './any-value.ts'
import { readLogField } from './read-log.ts'
import { readSpanField } from './read-span.ts'
import {
  emptyLog,
  emptySpan,
  type BrokenBody,
  type ReceivedGroup,
  type ReceivedLog,
  type ReceivedSpan,
} from './received.ts'
import { WireCursor, type ReadField } from './wire-cursor.ts'

/**
 * Decodes an `ExportTraceServiceRequest` straight into received spans. Takes and refuses the same bodies as
 * protobufjs, except that text which isn't UTF-8 is mended: it must not cost a span its neighbours.
 */
export function decodeTracesProtobuf(body: Buffer): Result<ReceivedGroup<ReceivedSpan>[], BrokenBody> {
  return decodeExport({
    body,
    empty: emptySpan,
    readField: readSpanField,
    request: 'ExportTraceServiceRequest',
  })
}

/** Decodes an `ExportLogsServiceRequest`. */
export function decodeLogsProtobuf(body: Buffer): Result<ReceivedGroup<ReceivedLog>[], BrokenBody> {
  return decodeExport({ body, empty: emptyLog, readField: readLogField, request: 'ExportLogsServiceRequest' })
}

interface Format<Received> {
  body: Buffer
  request: string
  empty: () => Received
  readField: ReadField<Received>
}

interface ResourceGroups<Received> {
  resource: { attributes: AttributeMap }
  groups: ScopeGroup<Received>[]
}

interface ScopeGroup<Received> {
  scope: { name: string; version: string; attributes: AttributeMap }
  records: Received[]
}

function decodeExport<Received>(format: Format<Received>): Result<ReceivedGroup<Received>[], BrokenBody> {
  const { body, request, empty, readField } = format
  const readScopeGroup: ReadField<ScopeGroup<Received>> = (group, cursor, tag) => {
    switch (tag) {
      case 0x0a:
        cursor.message(group.scope, readScopeField)
        return true
      case 0x12:
        group.records.push(cursor.message(empty(), readField))
        return true
      default:
        return readSchemaUrl(cursor, tag)
    }
  }
  const readResourceGroup: ReadField<ResourceGroups<Received>> = (entry, cursor, tag) => {
    switch (tag) {
      case 0x0a:
        cursor.message(entry.resource, readResourceField)
        return true
      case 0x12:
        entry.groups.push(cursor.message<ScopeGroup<Received>>(emptyScopeGroup(), readScopeGroup))
        return true
      default:
        return readSchemaUrl(cursor, tag)
    }
  }
  const readRequest: ReadField<ResourceGroups<Received>[]> = (entries, cursor, tag) => {
    if (tag !== 0x0a) return false
    entries.push(
      cursor.message<ResourceGroups<Received>>(
        { resource: { attributes: {} }, groups: [] },
        readResourceGroup,
      ),
    )
    return true
  }

  const cursor = new WireCursor(body)
  try {
    return ok(cursor.root<ResourceGroups<Received>[]>([], readRequest).flatMap(toGroups))
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable'
    return fail({
      code: 'broken-body',
      message: `The body is not a protobuf ${request}: ${reason}, at byte ${cursor.position} of ${body.length}`,
    })
  }
}

function toGroups<Received>({ resource, groups }: ResourceGroups<Received>): ReceivedGroup<Received>[] {
  return groups.map(({ scope, records }) => ({
    resource: resource.attributes,
    scope: toScope(scope),
    records,
  }))
}

function toScope({ name, version, attributes }: ScopeGroup<unknown>['scope']): DecodedScope {
  return { name, attributes, ...(version === '' ? {} : { version }) }
}

function emptyScopeGroup<Received>(): ScopeGroup<Received> {
  return { scope: { name: '', version: '', attributes: {} }, records: [] }
}

function readSchemaUrl(cursor: WireCursor, tag: number): boolean {
  if (tag !== 0x1a) return false
  cursor.text()
  return true
}

function readResourceField(resource: { attributes: AttributeMap }, cursor: WireCursor, tag: number): boolean {
  switch (tag) {
    case 0x0a:
      return readAttribute(resource, cursor)
    case 0x10:
      cursor.uint32()
      return true
    default:
      return false
  }
}

function readScopeField(scope: ScopeGroup<unknown>['scope'], cursor: WireCursor, tag: number): boolean {
  switch (tag) {
    case 0x0a:
      scope.name = cursor.text()
      return true
    case 0x12:
      scope.version = cursor.text()
      return true
    case 0x1a:
      return readAttribute(scope, cursor)
    case 0x20:
      cursor.uint32()
      return true
    default:
      return false
  }
}
