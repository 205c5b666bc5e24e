'use client'

import { useCallback, useMemo } from 'react'
import type { Run } from '@clew/domain'
import { formatClock } from '@clew/domain/format'
import { Icon } from '#ui/icon.tsx'
import { KindIcon } from '#ui/kind-icon.tsx'
import { EmptyState } from '#ui/states.tsx'
import type { RunModel } from '@clew/domain/story'
import { rowProps } from '../row-props.ts'
import { RowWindow } from '../row-window.tsx'
import type { RunPageState } from '../use-run-page.ts'
import { useStepOrder } from '../use-step-order.ts'
import { buildLog } from './build-log.ts'
import type { LogLine } from './build-log.ts'

/** Span events and log records in the order of time. */
export function LogView({ run, model, page }: { run: Run; model: RunModel; page: RunPageState }) {
  const lines = useMemo(() => buildLog(run, model), [run, model])
  const cursor = lines.findIndex((line) => line.node !== undefined && line.node === page.selected)
  const order = useMemo(() => [...new Set(lines.flatMap((line) => line.node ?? []))], [lines])
  useStepOrder({ order, page })
  const rowKey = useCallback((i: number) => `${lines[i]?.atMs ?? 0}-${i}`, [lines])
  if (lines.length === 0) {
    return (
      <EmptyState title="No events and no log records">
        Span events, exceptions and OTLP log records that name this trace appear here in the order of time.
      </EmptyState>
    )
  }
  return (
    <>
      <div className="log-line log-head" aria-hidden="true">
        <span>At</span>
        <span>Span</span>
        <span>Event</span>
        <span>Text</span>
      </div>
      <RowWindow
        label="Log"
        count={lines.length}
        rowKey={rowKey}
        estimate={() => 28}
        cursor={cursor === -1 ? undefined : cursor}
        activeId={undefined}
        isGrowing={model.isRunning}
        startsAtTail={!page.isChosen}
        renderRow={(i) => {
          const line = lines[i]
          return line === undefined ? null : <Line line={line} model={model} page={page} />
        }}
      />
    </>
  )
}

function Line({ line, model, page }: { line: LogLine; model: RunModel; page: RunPageState }) {
  const { node } = line
  const select = () => {
    if (node !== undefined) page.select(node)
  }
  return (
    <div
      className="log-line"
      {...rowProps({ isSelected: node !== undefined && node === page.selected, onSelect: select })}
    >
      <span className="t3 tnum">{formatClock(model.startEpochMs + line.atMs, 'ms')}</span>
      <span className="log-source">
        {node === undefined ? (
          <Icon name="log" size={14} className="t3" />
        ) : (
          <KindIcon kind={node.span.kind} />
        )}
        <span className="clip">{line.source}</span>
      </span>
      <span className={`clip ${toneClass(line)}`}>
        {line.tone === 'plain' ? null : (
          <Icon name={line.tone === 'fail' ? 'fail' : 'warn'} size={12} className="inline" />
        )}{' '}
        {line.name}
      </span>
      <span className="log-text clip" title={line.text}>
        {line.text}
      </span>
    </div>
  )
}

function toneClass(line: LogLine): string {
  if (line.tone === 'fail') return 'st-fail'
  return line.tone === 'warn' ? 'st-warn' : ''
}
