'use client'

import { useId, useState } from 'react'
import type { ReactNode } from 'react'

/** A short explanation on hover and on focus; never the only place for what one must know. */
export function Tooltip({ text, children }: { text: string; children: ReactNode }) {
  const [at, setAt] = useState<{ x: number; y: number } | undefined>(undefined)
  const id = useId()
  function show(target: HTMLElement) {
    const box = target.getBoundingClientRect()
    setAt({ x: box.left + box.width / 2, y: box.bottom + 6 })
  }
  return (
    <span
      className="inline-flex"
      aria-describedby={at === undefined ? undefined : id}
      onPointerEnter={(event) => show(event.currentTarget)}
      onPointerLeave={() => setAt(undefined)}
      onFocus={(event) => show(event.currentTarget)}
      onBlur={() => setAt(undefined)}
    >
      {children}
      {at === undefined ? null : (
        <span
          id={id}
          role="tooltip"
          className="tooltip"
          style={{ left: at.x, top: at.y, translate: '-50% 0' }}
        >
          {text}
        </span>
      )}
    </span>
  )
}
