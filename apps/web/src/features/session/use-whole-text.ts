'use client'

import { skipToken, useQuery } from '@tanstack/react-query'
import { useTrpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { readableText } from '@clew/domain/story'
import type { Said } from './build-chat.ts'

/** The whole of what was said: previews are cut, so a long text is fetched with its span. */
export function useWholeText({ said, field }: { said: Said; field: 'input' | 'output' }): string {
  const trpc = useTrpc()
  const project = useProject()
  const { node } = said
  const subject =
    said.isCut && node !== undefined
      ? { projectId: project.id, traceId: node.span.traceId, spanId: node.id }
      : undefined
  const query = useQuery({
    ...trpc.runs.span.queryOptions(subject ?? skipToken),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const text = query.data?.[field]
  return text === undefined ? said.text : readableText(text)
}
