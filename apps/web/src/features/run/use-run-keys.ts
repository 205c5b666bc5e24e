'use client'

import { useKeys } from '#lib/use-keys.tsx'
import type { KeyBinding } from '#lib/use-keys.tsx'
import { runViews } from './use-run-page.ts'
import type { RunPageState } from './use-run-page.ts'

/** The keys of the run page, in the order in which the legend shows them. */
export function useRunKeys(args: {
  page: RunPageState
  onNeighbour: (which: 'older' | 'newer') => void
}): void {
  const { page, onNeighbour } = args
  useKeys([
    { keys: 'j', label: 'step', legend: true, run: () => page.move(1) },
    { keys: 'k', label: 'step', legend: true, run: () => page.move(-1) },
    ...(page.view === 'timeline' ? foldKeys(page) : []),
    ...runViews.map((view, i) => ({
      keys: String(i + 1),
      label: 'view',
      legend: true,
      run: () => page.setView(view),
    })),
    ...(page.errors.length > 0 ? errorKeys(page) : []),
    { keys: '[', label: 'run', legend: true, run: () => onNeighbour('older') },
    { keys: ']', label: 'run', legend: true, run: () => onNeighbour('newer') },
    { keys: 'ArrowDown', label: 'next step', run: () => page.move(1) },
    { keys: 'ArrowUp', label: 'previous step', run: () => page.move(-1) },
  ])
}

function errorKeys(page: RunPageState): KeyBinding[] {
  const goTo = (by: 1 | -1) => {
    const at = page.selected === undefined ? -1 : page.errors.indexOf(page.selected)
    const { length } = page.errors
    const next = page.errors[at === -1 ? 0 : (at + by + length) % length]
    if (next !== undefined) page.select(next)
  }
  const goToFirst = () => {
    const [first] = page.errors
    if (first !== undefined) page.select(first)
  }
  return [
    { keys: 'f', label: 'first error', legend: true, run: goToFirst },
    { keys: 'n', label: 'error', legend: true, run: () => goTo(1) },
    { keys: 'N', label: 'error', legend: true, run: () => goTo(-1) },
  ]
}

/** `←` folds, or goes to what is around; `→` opens, or goes inside. */
function foldKeys(page: RunPageState): KeyBinding[] {
  const { selected, folded } = page
  const fold = () => {
    if (selected === undefined) return
    if (selected.children.length > 0 && !folded.has(selected.id)) page.setFolded(selected, true)
    else if (selected.parent !== undefined) page.select(selected.parent)
  }
  const open = () => {
    if (selected === undefined) return
    if (folded.has(selected.id)) page.setFolded(selected, false)
    else if (selected.children[0] !== undefined) page.select(selected.children[0])
  }
  return [
    { keys: 'ArrowLeft', label: 'fold', legend: true, run: fold },
    { keys: 'ArrowRight', label: 'fold', legend: true, run: open },
  ]
}
