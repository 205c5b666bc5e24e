/** Spans and log records by what became of them. */
export interface DeliveryStats {
  queued: number
  sent: number
  /** Never sent: the queue was full, or the process ended first. */
  dropped: number
  /** Refused by the receiver. */
  failed: number
  /** Faults of the tracer itself that were kept from the application. */
  faults: number
  lastError?: string
}
