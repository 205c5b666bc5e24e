import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { ExportResultCode, suppressTracing } from '@opentelemetry/core'
import type { ExportResult } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { CompressionAlgorithm, OTLPExporterError } from '@opentelemetry/otlp-exporter-base'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

import { withoutVariables } from '../config/config.ts'
import { sdkName, sdkVersion } from '../version.ts'
import type { BatchSender } from './batch-sender.ts'
import { createExporterConnection } from './exporter-connection.ts'
import type { OtlpReply } from './otlp-reply.ts'

/** The exporter would add these to the headers it is given, and so hand a credential to a foreign endpoint. */
const headerVariables = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS']

/**
 * Sends spans by OpenTelemetry's own OTLP exporter, which zips, times out, keeps connections and retries. Its
 * result says little, so what the receiver answered is read from the connection.
 */
export function createExporterSender<Value>(args: {
  endpoint: string
  headers: { [name: string]: string }
  compression: 'gzip' | 'none'
  prepare: (value: Value) => ReadableSpan
}): BatchSender<Value> {
  const connection = createExporterConnection({ isSecure: args.endpoint.startsWith('https:') })
  const exporter = withoutVariables(
    headerVariables,
    () =>
      new OTLPTraceExporter({
        url: `${args.endpoint}/v1/traces`,
        headers: args.headers,
        compression: args.compression === 'gzip' ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE,
        userAgent: `${sdkName}/${sdkVersion}`,
        httpAgentOptions: () => connection.agent,
      }),
  )
  return {
    send: async (values) => {
      const spans = values.map((value) => args.prepare(value))
      connection.forgetReply()
      const result = await new Promise<ExportResult>((resolve) => {
        context.with(suppressTracing(ROOT_CONTEXT), () => exporter.export(spans, resolve))
      })
      return toReply(result, connection.lastReply())
    },
    close: () => connection.close(),
  }
}

/** The exporter tells a refusal's status, but neither that of a busy receiver nor what it rejected in part. */
function toReply(result: ExportResult, seen: OtlpReply | undefined): OtlpReply {
  const { code, error } = result
  if (code === ExportResultCode.SUCCESS) return seen ?? { status: 200, body: '' }
  if (error instanceof OTLPExporterError) {
    if (error.code !== undefined) return { status: error.code, body: error.data ?? '' }
    if (seen !== undefined) return seen
  }
  return { status: 0, body: '', cause: error?.message ?? 'no answer' }
}
