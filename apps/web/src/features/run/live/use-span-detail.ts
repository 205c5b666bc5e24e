'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
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
  return {
    span: isSame ? query.data : undefined,
    problem: query.isError && !isSame ? toErrorMessage(query.error) : undefined,
    retry: () => void query.refetch(),
  }
}
