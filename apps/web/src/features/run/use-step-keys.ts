'use client'

import { useKeys } from '#lib/use-keys.tsx'
import type { RunNode } from './model/build-run-model.ts'
import type { RunPageState } from './use-run-page.ts'

/** `j` and `k` (and the arrows) walk a projection in the order in which it shows its steps. */
export function useStepKeys(args: { order: readonly RunNode[]; page: RunPageState }): void {
  const { order, page } = args
  const move = (by: 1 | -1) => {
    const at = page.selected === undefined ? -1 : order.indexOf(page.selected)
    const next = order[at === -1 ? (by === 1 ? 0 : order.length - 1) : at + by]
    if (next !== undefined) page.select(next)
  }
  useKeys([
    { keys: 'j', label: 'step', legend: true, run: () => move(1) },
    { keys: 'k', label: 'step', legend: true, run: () => move(-1) },
    { keys: 'ArrowDown', label: 'next step', run: () => move(1) },
    { keys: 'ArrowUp', label: 'previous step', run: () => move(-1) },
  ])
}
