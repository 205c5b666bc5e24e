import type { OtlpReply } from './otlp-reply.ts'

/** How batches of a queue reach the endpoint. */
export interface BatchSender<Value> {
  /** Rejects only for what can't be encoded; everything else is a reply. */
  send(values: Value[]): Promise<OtlpReply>
  /** Ends what is under way and sends nothing more. */
  close(): void
}
