'use client'

import { useEffect } from 'react'
import type { RunNode } from '@clew/domain/story'
import type { RunPageState } from './use-run-page.ts'

/** Tells the page in which order this projection shows its spans, so that `j` and `k` walk it. */
export function useStepOrder(args: { order: readonly RunNode[]; page: RunPageState }): void {
  const { order, page } = args
  const { setOrder } = page
  useEffect(() => setOrder(order), [order, setOrder])
}
