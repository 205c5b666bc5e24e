import type { BatchEncoder } from './batch-encoder.ts'
import type { BatchSender } from './batch-sender.ts'
import type { OtlpClient } from './otlp-client.ts'

/** Sends by our own client what the published exporter can't: log records, and spans as protobuf. */
export function createClientSender<Value>(args: {
  client: OtlpClient
  encoder: BatchEncoder<Value>
}): BatchSender<Value> {
  const { client, encoder } = args
  return {
    send: async (values) => await client.post(await encoder.encode(values)),
    close: () => client.close(),
  }
}
