'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { toEpochMs } from '@clew/domain'
import type { RunSummary } from '@clew/domain'
import { useTrpc } from '#lib/trpc.tsx'
import { useProject, useProjectPath } from '#shell/project-context.tsx'

/** Goes to the run that started before or after this one, in the same projection. */
export function useNeighbour(trace: RunSummary | undefined): (which: 'older' | 'newer') => void {
  const trpc = useTrpc()
  const project = useProject()
  const toPath = useProjectPath()
  const router = useRouter()
  const client = useQueryClient()
  return useCallback(
    (which) => {
      if (trace === undefined) return
      const startMs = toEpochMs(trace.startTimeUnixNano)
      const filter =
        which === 'older'
          ? { scope: 'root' as const, until: startMs }
          : { scope: 'root' as const, since: startMs + 1 }
      const sort = {
        by: 'start' as const,
        direction: which === 'older' ? ('desc' as const) : ('asc' as const),
      }
      const options = trpc.runs.list.queryOptions({ projectId: project.id, filter, sort, limit: 1 })
      void client.fetchQuery({ ...options, staleTime: 5_000 }).then((page) => {
        const [next] = page.items
        if (next === undefined) return
        const view = new URLSearchParams(window.location.search).get('view')
        router.push(toPath(`/runs/${next.traceId}${view === null ? '' : `?view=${view}`}`))
      })
    },
    [trace, trpc, project.id, client, router, toPath],
  )
}
