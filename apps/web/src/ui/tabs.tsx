'use client'

import { useId, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'

export interface TabOption<Value extends string> {
  value: Value
  label: ReactNode
  count?: number | undefined
}

/** A tab list and its one open panel; arrow keys move between tabs. */
export function Tabs<Value extends string>(props: {
  label: string
  tabs: readonly TabOption<Value>[]
  value: Value
  onChange: (value: Value) => void
  children: ReactNode
  panelClassName?: string
}) {
  const { label, tabs, value, onChange, children, panelClassName } = props
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  function move(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = (tabs.findIndex((tab) => tab.value === value) + step + tabs.length) % tabs.length
    const target = tabs[next]
    if (target === undefined) return
    onChange(target.value)
    list.current?.querySelectorAll<HTMLButtonElement>('[role=tab]')[next]?.focus()
  }
  return (
    <>
      <div ref={list} className="tabs" role="tablist" aria-label={label} onKeyDown={move} tabIndex={-1}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="count">{tab.count.toLocaleString('en')}</span>}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${value}`} className={panelClassName}>
        {children}
      </div>
    </>
  )
}
