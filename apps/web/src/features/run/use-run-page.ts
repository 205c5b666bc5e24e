'use client'

import { useCallback, useMemo, useRef, useState } from 'react'
import { readChoice, useUrlState } from '#lib/url-state.ts'
import { useNow } from '#lib/use-now.ts'
import type { RunModel, RunNode } from '@clew/domain/story'
import { findErrors, findLanding } from '@clew/domain/story'
import { initialFolds, unfoldTo } from './timeline/build-rows.ts'

export const runViews = ['story', 'timeline', 'graph', 'log'] as const
export type RunView = (typeof runViews)[number]

/** What the page shows of a run: the projection and the selected span; all of it in the URL. */
export interface RunPageState {
  view: RunView
  setView: (view: RunView) => void
  selected: RunNode | undefined
  /** False while the page chose for the person, who may then be led on by a running run. */
  isChosen: boolean
  select: (node: RunNode) => void
  /** Selects the next or the previous span in the order of the projection. */
  move: (by: 1 | -1) => void
  setOrder: (order: readonly RunNode[]) => void
  errors: readonly RunNode[]
  folded: ReadonlySet<string>
  setFolded: (node: RunNode, isFolded: boolean) => void
}

export function useRunPage(model: RunModel): RunPageState {
  const { params, patch } = useUrlState()
  const errors = useMemo(() => findErrors(model), [model])
  const view = readChoice({ params, name: 'view', allowed: runViews, fallback: 'story' })
  const spanId = params.get('span') ?? undefined
  const chosen = spanId === undefined ? undefined : model.byId.get(spanId)
  const landing = useMemo(() => findLanding(model, errors), [model, errors])
  const folds = useFolds(model, chosen ?? landing)
  const select = useCallback(
    (node: RunNode) => {
      folds.reveal(node)
      patch({ span: node.id })
    },
    [folds, patch],
  )
  const order = useRef<readonly RunNode[]>([])
  const selected = chosen ?? landing
  const setOrder = useCallback((nodes: readonly RunNode[]) => {
    order.current = nodes
  }, [])
  const move = (by: 1 | -1) => {
    const nodes = order.current
    const at = selected === undefined ? -1 : nodes.indexOf(selected)
    const next = nodes[at === -1 ? (by === 1 ? 0 : nodes.length - 1) : at + by]
    if (next !== undefined) select(next)
  }
  return {
    view,
    setView: (next) => patch({ view: next === 'story' ? undefined : next }, { push: true }),
    selected,
    isChosen: chosen !== undefined,
    select,
    move,
    setOrder,
    errors,
    folded: folds.folded,
    setFolded: folds.setFolded,
  }
}

/** The moment that the URL names, in milliseconds after the run's start: a finished run is shown as it stood then. */
export function useMoment(): { momentMs: number | undefined; setMoment: (ms: number | undefined) => void } {
  const { params, patch } = useUrlState()
  const moment = Number(params.get('t') ?? Number.NaN)
  const setMoment = useCallback(
    (ms: number | undefined) => patch({ t: ms === undefined ? undefined : String(Math.round(ms)) }),
    [patch],
  )
  return { momentMs: Number.isFinite(moment) && moment >= 0 ? moment : undefined, setMoment }
}

/** Time as the run counts it: ticking while it runs, its last known moment once it has ended. */
export function useRunClock(model: RunModel): number {
  const everyMs = model.nodes.length > 2000 ? 1000 : 200
  const now = useNow(model.isRunning ? everyMs : 3_600_000)
  return model.isRunning ? Math.max(model.lastMs, now - model.startEpochMs) : model.lastMs
}

function useFolds(model: RunModel, landing: RunNode | undefined) {
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map())
  const isHuge = model.nodes.length > 1600
  const initial = useMemo(() => {
    const folded: ReadonlySet<string> = isHuge ? initialFolds(model) : new Set<string>()
    return landing === undefined ? folded : unfoldTo(folded, landing)
  }, [model, isHuge, landing])
  return useMemo(() => {
    const folded = new Set(initial)
    for (const [id, isFolded] of changed) {
      if (isFolded) folded.add(id)
      else folded.delete(id)
    }
    return {
      folded,
      setFolded: (node: RunNode, isFolded: boolean) =>
        setChanged((before) => new Map(before).set(node.id, isFolded)),
      reveal: (node: RunNode) => {
        const open = unfoldTo(folded, node)
        if (open === folded) return
        setChanged((before) => {
          const after = new Map(before)
          for (const id of folded) if (!open.has(id)) after.set(id, false)
          return after
        })
      },
    }
  }, [initial, changed])
}
