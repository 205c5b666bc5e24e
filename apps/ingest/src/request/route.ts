export type Signal = 'traces' | 'logs' | 'metrics'

/** Where exporters post: the standard paths, and those that LangSmith's and Langfuse's SDKs have built in. */
export const ingestPrefixes = ['/v1', '/otel/v1', '/api/public/otel/v1'] as const

const signalsByPath = new Map<string, Signal>(
  ingestPrefixes.flatMap((prefix) =>
    (['traces', 'logs', 'metrics'] as const).map((signal): [string, Signal] => [
      `${prefix}/${signal}`,
      signal,
    ]),
  ),
)

/** The signal that is posted to a path; a trailing slash is no difference. */
export function routeSignal(path: string): Signal | undefined {
  return signalsByPath.get(path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)
}
