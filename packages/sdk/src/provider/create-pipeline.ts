import { ATTR_CLEW_TENANT_ID, ATTR_SERVICE_NAME } from '@clew/semconv/attributes'
import {
  JsonLogsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer'
import type { Resource } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

import type { Config } from '../config/config.ts'
import type { SetupOptions } from '../config/setup-options.ts'
import { createBatchEncoder } from '../delivery/batch-encoder.ts'
import type { BatchEncoder } from '../delivery/batch-encoder.ts'
import type { BatchSender } from '../delivery/batch-sender.ts'
import { createClientSender } from '../delivery/client-sender.ts'
import { DeliveryQueue } from '../delivery/delivery-queue.ts'
import type { DeliveryStats } from '../delivery/delivery-stats.ts'
import { createExporterSender } from '../delivery/exporter-sender.ts'
import type { OtlpLogRecord } from '../delivery/log-record.ts'
import { createOtlpClient } from '../delivery/otlp-client.ts'
import { Pipeline } from '../delivery/pipeline.ts'
import type { PreparedSpan } from '../delivery/pipeline.ts'
import { createSpanPreparer } from '../delivery/prepare-span.ts'
import type { SpanPreparer } from '../delivery/prepare-span.ts'
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
  const stats: DeliveryStats = { queued: 0, sent: 0, dropped: 0, failed: 0, faults: 0 }
  const preparer = createSpanPreparer({
    privacy: options.privacy ?? {},
    fieldLength: options.limits?.fieldLength ?? defaultFieldLength,
    spanBytes: options.limits?.spanBytes ?? 8_000_000,
    resourceOf: createResourceMapper({
      own: resource,
      isNamed: !String(resource.attributes[ATTR_SERVICE_NAME]).startsWith('unknown_service'),
    }),
  })
  const queue = {
    endpoint: config.endpoint,
    stats,
    reporter,
    maxItems: batching.maxSpans ?? 512,
    maxBytes: options.limits?.queueBytes ?? 64_000_000,
  }
  const optedOut = new Set(options.privacy?.optOutTenants)
  return new Pipeline({
    spans: new DeliveryQueue({ ...queue, ...createSpanTransport({ config, preparer }) }),
    logs: new DeliveryQueue({ ...queue, ...createLogTransport(config) }),
    preparer,
    endpoint: config.endpoint,
    stats,
    reporter,
    intervalMs: batching.intervalMs ?? 250,
    isSimple: options.batching === 'simple',
    live:
      options.live === false
        ? undefined
        : {
            markerMs: live.markerMs ?? 80,
            snapshotMs: live.snapshotMs ?? 2000,
            heartbeatMs: live.heartbeatMs ?? 30_000,
          },
    isOptedOut: (attributes) => optedOut.size > 0 && optedOut.has(String(attributes[ATTR_CLEW_TENANT_ID])),
  })
}

interface Transport<Value> {
  sender: BatchSender<Value>
  encoder: BatchEncoder<Value>
}

function createSpanTransport(args: { config: Config; preparer: SpanPreparer }): Transport<PreparedSpan> {
  const { config, preparer } = args
  const prepare = ({ record, phase }: PreparedSpan): ReadableSpan => preparer.prepare(record, phase)
  const serialiser = config.protocol === 'json' ? JsonTraceSerializer : ProtobufTraceSerializer
  const encoder = createBatchEncoder<PreparedSpan>({
    ...encoding(config),
    path: '/v1/traces',
    serialise: (values) => serialiser.serializeRequest(values.map(prepare)),
  })
  // The published exporter speaks JSON alone.
  const sender =
    config.protocol === 'json'
      ? createExporterSender({ ...config, prepare })
      : createClientSender({ client: createOtlpClient(config), encoder })
  return { sender, encoder }
}

function createLogTransport(config: Config): Transport<OtlpLogRecord> {
  const serialiser = config.protocol === 'json' ? JsonLogsSerializer : ProtobufLogsSerializer
  const encoder = createBatchEncoder<OtlpLogRecord>({
    ...encoding(config),
    path: '/v1/logs',
    serialise: (values) => serialiser.serializeRequest(values),
  })
  return { sender: createClientSender({ client: createOtlpClient(config), encoder }), encoder }
}

function encoding(config: Config): Pick<Config, 'headers' | 'compression'> & { contentType: string } {
  const contentType = config.protocol === 'json' ? 'application/json' : 'application/x-protobuf'
  return { headers: config.headers, compression: config.compression, contentType }
}
