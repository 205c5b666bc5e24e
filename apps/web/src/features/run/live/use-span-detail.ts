'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { toStartedSpan } from '@clew/domain'
import type { WireSpan } from '@clew/semconv/span'
import { toErrorMessage, useTrpcClient } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import type { RunNode } from '@clew/domain/story'

export interface SpanDetail {
  /** Absent until it has been read. */
  span: WireSpan | undefined
  problem: string | undefined
  retry: () => void
}

/** The whole span with its payload, read again each time the run's stream brings another version of it. */
export function useSpanDetail(node: RunNode): SpanDetail {
  const client = useTrpcClient()
  const project = useProject()
  const { traceId, spanId, state } = node.span
  const version = `${state} ${node.span.endTimeUnixNano ?? ''} ${node.span.output?.length ?? 0} ${node.span.input?.length ?? 0}`
  const subject = { projectId: project.id, traceId, spanId }
  const query = useQuery({
    queryKey: ['span-detail', subject, version],
    queryFn: ({ signal }) => client.runs.span.query(subject, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const isSame = query.data?.spanId === spanId && query.data.traceId === traceId
  // In a replay, and for a moment in a live run, the store knows an end that has not been told here yet.
  const isAhead = state === 'running' && query.data?.state !== 'running'
  return {
    span:
      isSame && query.data !== undefined && isAhead
        ? toStartedSpan(query.data)
        : isSame
          ? query.data
          : undefined,
    problem: query.isError && !isSame ? toErrorMessage(query.error) : undefined,
    retry: () => void query.refetch(),
  }
}
