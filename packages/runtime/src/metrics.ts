import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Mount } from './mount.ts'

export interface Metrics {
  /** Rises only; labels must be few and known. */
  counter(options: MetricOptions): { add(amount?: number, labels?: Labels): void }
  gauge(options: MetricOptions): { set(value: number, labels?: Labels): void }
  /** Observes seconds, or whatever unit the name ends in. */
  histogram(options: MetricOptions & { buckets?: number[] }): {
    observe(value: number, labels?: Labels): void
  }
  /** `GET /metrics` in Prometheus text. */
  readonly mount: Mount
}

export interface MetricOptions {
  /** Snake case with unit, such as `clew_ingest_spans_total`. */
  name: string
  help: string
  labels?: readonly string[]
}

type Labels = Record<string, string>

/** One registry for one process; nothing is registered globally. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    counter: (options) => {
      const counter = new Counter({ ...toPromOptions(options), registers: [registry] })
      return { add: (amount = 1, labels = {}) => counter.inc(labels, amount) }
    },
    gauge: (options) => {
      const gauge = new Gauge({ ...toPromOptions(options), registers: [registry] })
      return { set: (value, labels = {}) => gauge.set(labels, value) }
    },
    histogram: ({ buckets, ...options }) => {
      const histogram = new Histogram({
        ...toPromOptions(options),
        ...(buckets === undefined ? {} : { buckets }),
        registers: [registry],
      })
      return { observe: (value, labels = {}) => histogram.observe(labels, value) }
    },
    mount: {
      prefix: ['/metrics'],
      start: async () => {},
      stop: async () => registry.clear(),
      handle: async (_req, res) => {
        const text = await registry.metrics()
        res.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }).end(text)
        return true
      },
    },
  }
}

function toPromOptions({ name, help, labels = [] }: MetricOptions) {
  return { name, help, labelNames: [...labels] }
}
