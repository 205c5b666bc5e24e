'use client'

import { taskLogKinds } from '@clew/domain'
import type { TaskLogs } from '@clew/domain'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { formatClock, formatCount } from '@clew/domain/format'
import { useKeys } from '#lib/use-keys.tsx'
import { Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { EmptyState } from '#ui/states.tsx'

const lineHeight = 22
/** Lines that one entry can take up, for scrolling to the end. */
const wrapMax = 50
const kinds = ['all', ...taskLogKinds] as const

/** The log; it follows its end only while the reader stands there. */
export function TaskLogList({ logs, isOpen }: { logs: TaskLogs['logs']; isOpen: boolean }) {
  const [kind, setKind] = useState<LogKind>('all')
  const [words, setWords] = useState('')
  const scroller = useRef<HTMLDivElement>(null)
  const shown = logs.filter(
    (log) => (kind === 'all' || log.kind === kind) && log.line.toLowerCase().includes(words.toLowerCase()),
  )
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const lines = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  })
  const tail = useTail({ scroller, count: shown.length, isOpen })
  return (
    <section className="tasks-logs" aria-label="Logs">
      <LogBar
        kind={kind}
        onKind={setKind}
        words={words}
        onWords={setWords}
        count={shown.length}
        tail={tail}
      />
      <div
        ref={scroller}
        className="tasks-log-lines"
        onScroll={tail.onScroll}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        tabIndex={0}
        role="log"
        aria-live="off"
      >
        {shown.length === 0 ? <NoLines hasLogs={logs.length > 0} isOpen={isOpen} /> : null}
        <div style={{ height: lines.getTotalSize(), position: 'relative' }}>
          {lines.getVirtualItems().map((item) => {
            const log = shown[item.index]
            return log === undefined ? null : (
              <div
                key={log.id}
                ref={lines.measureElement}
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

type LogKind = (typeof kinds)[number]

function LogBar(props: {
  kind: LogKind
  onKind: (kind: LogKind) => void
  words: string
  onWords: (words: string) => void
  count: number
  tail: ReturnType<typeof useTail>
}) {
  const { tail } = props
  const find = useRef<HTMLInputElement>(null)
  useKeys([
    { keys: '/', label: 'find', legend: true, run: () => find.current?.focus() },
    { keys: 'End', label: 'follow', legend: true, run: tail.follow },
  ])
  return (
    <div className="tasks-log-bar">
      <Segmented
        label="Kind"
        options={kinds.map((value) => ({ value, label: value === 'all' ? 'All' : value }))}
        value={props.kind}
        onChange={props.onKind}
      />
      <div className="field-box w-[200px]">
        <Icon name="search" size={14} />
        <input
          ref={find}
          aria-label="Find in logs"
          placeholder="Find in logs"
          value={props.words}
          onChange={(event) => props.onWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur()
          }}
        />
      </div>
      <span className="grow" />
      <span className="num t3 small">{formatCount(props.count)} lines</span>
      <Button variant="ghost" onClick={tail.follow} aria-pressed={tail.isFollowing}>
        <span className={tail.isFollowing ? 'status st-run' : 'status t3'}>
          <Icon name="down" size={14} /> {tail.isFollowing ? 'following' : 'follow'}
        </span>
      </Button>
    </div>
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
    // Beyond the last line, since lines that wrap are not measured yet.
    if (isFollowing) scroller.current?.scrollTo({ top: (count + 1) * lineHeight * wrapMax })
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
