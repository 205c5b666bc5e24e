'use client'

import { useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'

export interface SegmentedOption<Value extends string> {
  value: Value
  label: ReactNode
}

/** One choice of a few, all visible: a radio group that arrow keys walk. */
export function Segmented<Value extends string>(props: {
  label: string
  options: readonly SegmentedOption<Value>[]
  value: Value
  onChange: (value: Value) => void
}) {
  const { label, options, value, onChange } = props
  const group = useRef<HTMLDivElement>(null)
  function move(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const at = options.findIndex((option) => option.value === value)
    const next = (at + step + options.length) % options.length
    const target = options[next]
    if (target === undefined) return
    onChange(target.value)
    group.current?.querySelectorAll<HTMLButtonElement>('button')[next]?.focus()
  }
  return (
    <div
      ref={group}
      className="segmented"
      role="radiogroup"
      aria-label={label}
      onKeyDown={move}
      tabIndex={-1}
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
