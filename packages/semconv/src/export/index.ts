export type { OtlpKeyValue, OtlpLogs, OtlpSpan, OtlpTraces, OtlpValue } from './otlp-json.ts'
export { asGenAi } from './as-gen-ai.ts'
export { toOtlpLogs } from './to-otlp-logs.ts'
export { toOtlpTraces } from './to-otlp-traces.ts'
