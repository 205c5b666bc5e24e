import type { Tracer, TracerProvider } from '@opentelemetry/api'

import type { DeliveryStats } from './delivery/delivery-stats.ts'
import type { InstallResult } from './instrument/shared/install-result.ts'

/** What `setup` returns. */
export interface ClewTracing {
  /** Of the provider in force, like `provider`: another one when the application registers its own later. */
  readonly tracer: Tracer
  readonly provider: TracerProvider
  /** Resolves when everything that set-up does in the background is done. */
  ready: Promise<void>
  endpoint: string
  serviceName: string
  environment: string | undefined
  /** Grows as `require` loads further libraries. */
  installResults: readonly InstallResult[]
  /** Spans and log records by what became of them. */
  stats(): DeliveryStats
  /** Sends what is finished. Never rejects. */
  forceFlush(): Promise<void>
  /** Sends what is left and stops, within the deadline (default 5,000 ms). Never rejects. */
  shutdown(deadlineMs?: number): Promise<void>
}
