'use client'

import { taskLogKinds } from '@clew/domain'
import type { TaskLogKind, TaskLogs } from '@clew/domain'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { formatClock, formatCount } from '#lib/format.ts'
import { useKeys } from '#lib/use-keys.tsx'
import { Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { EmptyState } from '#ui/states.tsx'

const lineHeight = 22
const kinds = ['all', ...taskLogKinds] as const

/** The log; it follows its end only while the reader stands there. */
export function TaskLogList({ logs, isOpen }: { logs: TaskLogs['logs']; isOpen: boolean }) {
  const [kind, setKind] = useState<'all' | TaskLogKind>('all')
  const [words, setWords] = useState('')
  const find = useRef<HTMLInputElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const shown = logs.filter(
    (log) => (kind === 'all' || log.kind === kind) && log.line.toLowerCase().includes(words.toLowerCase()),
  )
  const tail = useTail({ scroller, count: shown.length, isOpen })
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  })
  useKeys([
    { keys: '/', label: 'find', legend: true, run: () => find.current?.focus() },
    { keys: 'End', label: 'follow', legend: true, run: tail.follow },
  ])
  return (
    <section className="tasks-logs" aria-label="Logs">
      <div className="tasks-log-bar">
        <Segmented
          label="Kind"
          options={kinds.map((value) => ({ value, label: value === 'all' ? 'All' : value }))}
          value={kind}
          onChange={setKind}
        />
        <div className="field-box w-[200px]">
          <Icon name="search" size={14} />
          <input
            ref={find}
            aria-label="Find in logs"
            placeholder="Find in logs"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur()
            }}
          />
        </div>
        <span className="grow" />
        <span className="num t3 small">{formatCount(shown.length)} lines</span>
        <Button variant="ghost" onClick={tail.follow} aria-pressed={tail.isFollowing}>
          <span className={tail.isFollowing ? 'status st-run' : 'status t3'}>
            <Icon name="down" size={14} /> {tail.isFollowing ? 'following' : 'follow'}
          </span>
        </Button>
      </div>
      <div
        ref={scroller}
        className="tasks-log-lines"
        onScroll={tail.onScroll}
        tabIndex={0}
        role="log"
        aria-live="off"
      >
        {shown.length === 0 ? <NoLines hasLogs={logs.length > 0} isOpen={isOpen} /> : null}
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map((item) => {
            const log = shown[item.index]
            if (log === undefined) return null
            return (
              <div
                key={log.id}
                ref={rows.measureElement}
                data-index={item.index}
                className="tasks-log-line"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <span className="t3 num">{item.index + 1}</span>
                <time className="t3" dateTime={log.at}>
                  {formatClock(Date.parse(log.at), 'ms')}
                </time>
                <span className="t3">{log.kind}</span>
                <span className="tasks-log-text">{log.line}</span>
              </div>
            )
          })}
        </div>
      </div>
    </section>
  )
}

function NoLines({ hasLogs, isOpen }: { hasLogs: boolean; isOpen: boolean }) {
  if (hasLogs) return <EmptyState title="No line matches" />
  return (
    <EmptyState title={isOpen ? 'Nothing has been logged yet' : 'Nothing was logged'}>
      <code>task.log(kind, line)</code> writes here.
    </EmptyState>
  )
}

/** Stays at the end while the reader does; any scroll upwards lets go, the end takes hold again. */
function useTail(options: {
  scroller: React.RefObject<HTMLDivElement | null>
  count: number
  isOpen: boolean
}) {
  const { scroller, count, isOpen } = options
  const [isFollowing, setIsFollowing] = useState(isOpen)
  useEffect(() => {
    const element = scroller.current
    if (isFollowing && element !== null) element.scrollTop = element.scrollHeight
  }, [count, isFollowing, scroller])
  return {
    isFollowing,
    follow: () => setIsFollowing(true),
    onScroll: () => {
      const element = scroller.current
      if (element === null) return
      const fromEnd = element.scrollHeight - element.scrollTop - element.clientHeight
      setIsFollowing(fromEnd < lineHeight)
    },
  }
}
