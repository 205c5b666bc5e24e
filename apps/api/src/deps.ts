import type { Control } from '@clew/control'
import type { Logger } from '@clew/runtime'
import type { Store } from '@clew/store'

export interface ApiConfig {
  /** Where people open Clew, such as `http://127.0.0.1:4000`. */
  publicUrl: string
  /** Further origins that a browser may act from. */
  trustedOrigins: readonly string[]
  /** Where agents send OTLP, such as `http://127.0.0.1:4318`. */
  otlpUrl: string
  /** Shown during the first set-up and to administrators. */
  dataDir?: string
  version: string
}

/** What the API is made of; nothing here is opened or closed by it. */
export interface ApiDeps {
  store: Store
  control: Control
  logger: Logger
  config: ApiConfig
  /** Milliseconds since the epoch. */
  clock: () => number
}
