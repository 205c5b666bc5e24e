import { ATTR_CLEW_TENANT_ID, ATTR_SERVICE_NAME } from '@clew/semconv/attributes'
import {
  JsonLogsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer'
import type { Resource } from '@opentelemetry/resources'

import type { Config } from '../config/config.ts'
import type { SetupOptions } from '../config/setup-options.ts'
import { DeliveryQueue } from '../delivery/delivery-queue.ts'
import type { DeliveryStats } from '../delivery/delivery-stats.ts'
import type { OtlpLogRecord } from '../delivery/log-record.ts'
import { createOtlpClient } from '../delivery/otlp-client.ts'
import { Pipeline } from '../delivery/pipeline.ts'
import type { PreparedSpan } from '../delivery/pipeline.ts'
import { createSpanPreparer } from '../delivery/prepare-span.ts'
import type { Reporter } from '../delivery/reporter.ts'
import { createResourceMapper } from './create-resource.ts'

export const defaultFieldLength = 1_000_000

/** Builds the way from a finished span to the endpoint. */
export function createPipeline(args: {
  options: SetupOptions
  config: Config
  resource: Resource
  reporter: Reporter
}): Pipeline {
  const { options, config, resource, reporter } = args
  const batching = typeof options.batching === 'object' ? options.batching : {}
  const live = typeof options.live === 'object' ? options.live : {}
  const client = createOtlpClient({ endpoint: config.endpoint, timeoutMs: 10_000 })
  const stats: DeliveryStats = { queued: 0, sent: 0, dropped: 0, failed: 0 }
  const preparer = createSpanPreparer({
    privacy: options.privacy ?? {},
    fieldLength: options.limits?.fieldLength ?? defaultFieldLength,
    spanBytes: options.limits?.spanBytes ?? 8_000_000,
    resourceOf: createResourceMapper({
      own: resource,
      isNamed: !String(resource.attributes[ATTR_SERVICE_NAME]).startsWith('unknown_service'),
    }),
  })
  const isJson = config.protocol === 'json'
  const shared = {
    client,
    endpoint: config.endpoint,
    headers: config.headers,
    compression: config.compression,
    contentType: isJson ? 'application/json' : 'application/x-protobuf',
    stats,
    reporter,
    maxItems: batching.maxSpans ?? 512,
    maxBytes: options.limits?.queueBytes ?? 64_000_000,
  }
  const traces = isJson ? JsonTraceSerializer : ProtobufTraceSerializer
  const logs = isJson ? JsonLogsSerializer : ProtobufLogsSerializer
  const optedOut = new Set(options.privacy?.optOutTenants)
  return new Pipeline({
    spans: new DeliveryQueue<PreparedSpan>({
      ...shared,
      path: '/v1/traces',
      serialise: (values) =>
        bytesOf(traces.serializeRequest(values.map(({ record, phase }) => preparer.prepare(record, phase)))),
    }),
    logs: new DeliveryQueue<OtlpLogRecord>({
      ...shared,
      path: '/v1/logs',
      serialise: (values) => bytesOf(logs.serializeRequest(values)),
    }),
    preparer,
    client,
    endpoint: config.endpoint,
    stats,
    reporter,
    intervalMs: batching.intervalMs ?? 250,
    isSimple: options.batching === 'simple',
    live: options.live === false ? undefined : { snapshotMs: live.snapshotMs ?? 2000 },
    isOptedOut: (attributes) => optedOut.size > 0 && optedOut.has(String(attributes[ATTR_CLEW_TENANT_ID])),
  })
}

function bytesOf(body: Uint8Array | undefined): Uint8Array {
  if (body === undefined) throw new Error('nothing to encode')
  return body
}
