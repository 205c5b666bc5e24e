'use client'

import { useKeys } from '#lib/use-keys.tsx'
import { runViews } from './use-run-page.ts'
import type { RunPageState } from './use-run-page.ts'

/** The keys of the whole run page; the projections add their own. */
export function useRunKeys(args: {
  page: RunPageState
  onNeighbour: (which: 'older' | 'newer') => void
}): void {
  const { page, onNeighbour } = args
  const goToError = (by: 1 | -1) => {
    const at = page.selected === undefined ? -1 : page.errors.indexOf(page.selected)
    const { length } = page.errors
    const next = page.errors[at === -1 ? 0 : (at + by + length) % length]
    if (next !== undefined) page.select(next)
  }
  const hasErrors = page.errors.length > 0
  useKeys([
    ...runViews.map((view, i) => ({
      keys: String(i + 1),
      label: 'view',
      legend: true,
      run: () => page.setView(view),
    })),
    ...(hasErrors
      ? [
          { keys: 'f', label: 'first error', legend: true, run: () => goToFirst(page) },
          { keys: 'n', label: 'error', legend: true, run: () => goToError(1) },
          { keys: 'N', label: 'error', legend: true, run: () => goToError(-1) },
        ]
      : []),
    { keys: '[', label: 'run', legend: true, run: () => onNeighbour('older') },
    { keys: ']', label: 'run', legend: true, run: () => onNeighbour('newer') },
  ])
}

function goToFirst(page: RunPageState): void {
  const [first] = page.errors
  if (first !== undefined) page.select(first)
}
