'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'

export interface RowWindowProps {
  label: string
  count: number
  rowKey: (index: number) => string
  estimate: (index: number) => number
  renderRow: (index: number) => ReactNode
  /** The row that must be in sight whenever it changes; a row in sight never moves. */
  cursor: number | undefined
  /** Id of the row that assistive technology stands on. */
  activeId: string | undefined
  /** True while rows may be added at the end. */
  isGrowing: boolean
  /** False when a person came for a row of their own, which the tail must not take away. */
  startsAtTail: boolean
}

const bottomSlack = 32

/**
 * A scrolling window on rows of which only those in sight are drawn. It follows its tail only while it stands at
 * the bottom; otherwise nothing that is read moves.
 */
export function RowWindow(props: RowWindowProps) {
  const { count, cursor, isGrowing, rowKey, estimate } = props
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: estimate,
    overscan: 8,
    getItemKey: rowKey,
  })
  const size = virtualizer.getTotalSize()
  const { isAtBottom, toBottom } = useTail({ scroller, size, isGrowing, startsAtTail: props.startsAtTail })
  const cursorKey = cursor === undefined ? undefined : rowKey(cursor)
  const shownKey = useRef<string | undefined>(undefined)
  useEffect(() => {
    // Only another row moves the view, not the same row at another place.
    if (scroller === null || cursor === undefined || shownKey.current === cursorKey) return
    shownKey.current = cursorKey
    virtualizer.scrollToIndex(cursor, { align: 'auto' })
  }, [scroller, cursor, cursorKey, virtualizer])
  return (
    <>
      <div
        ref={setScroller}
        className="run-scroll"
        role="tree"
        aria-label={props.label}
        aria-activedescendant={props.activeId}
        tabIndex={0}
      >
        <div className="run-window" style={{ height: size }} role="presentation">
          {virtualizer.getVirtualItems().map((item) => (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className="run-window-row"
              role="presentation"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {props.renderRow(item.index)}
            </div>
          ))}
        </div>
      </div>
      {isGrowing && !isAtBottom ? (
        <Button className="run-tail" onClick={toBottom}>
          <Icon name="down" size={14} /> Follow
        </Button>
      ) : null}
    </>
  )
}

/** Keeps the end in sight while rows are added, as long as that is where the reader stands. */
function useTail(args: {
  isGrowing: boolean
  startsAtTail: boolean
  scroller: HTMLElement | null
  size: number
}) {
  const { isGrowing, startsAtTail, scroller, size } = args
  const [isAtBottom, setIsAtBottom] = useState(startsAtTail)
  const wasAtBottom = useRef(startsAtTail)
  useEffect(() => {
    if (scroller === null) return
    const onScroll = () => {
      wasAtBottom.current = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < bottomSlack
      setIsAtBottom(wasAtBottom.current)
    }
    scroller.addEventListener('scroll', onScroll, { passive: true })
    return () => scroller.removeEventListener('scroll', onScroll)
  }, [scroller])
  useLayoutEffect(() => {
    if (isGrowing && size > 0 && wasAtBottom.current) scroller?.scrollTo({ top: size })
  }, [scroller, size, isGrowing])
  return { isAtBottom, toBottom: () => scroller?.scrollTo({ top: scroller.scrollHeight }) }
}
