'use client'

import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'

export interface MenuItem {
  key: string
  label: ReactNode
  onSelect: () => void
  /** Shown with a check and read as chosen. */
  checked?: boolean
}

/** A button that opens a list of actions; arrows walk it, Escape closes it and gives focus back. */
export function Menu(props: {
  label: string
  trigger: ReactNode
  items: readonly MenuItem[]
  triggerClassName?: string
  align?: 'start' | 'end'
  header?: ReactNode
}) {
  const [isOpen, setIsOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  useCloseOutside({ root, isOpen, close: () => setIsOpen(false) })
  useEffect(() => {
    if (isOpen) root.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus()
  }, [isOpen])
  function onKeyDown(event: KeyboardEvent) {
    if (!isOpen) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      setIsOpen(false)
      button.current?.focus()
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      moveFocus({ root: root.current, step: event.key === 'ArrowDown' ? 1 : -1 })
    }
  }
  return (
    <div ref={root} className="relative" onKeyDown={onKeyDown} role="presentation">
      <button
        ref={button}
        type="button"
        className={props.triggerClassName ?? 'btn btn-ghost'}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={props.label}
        onClick={() => setIsOpen(!isOpen)}
      >
        {props.trigger}
      </button>
      {isOpen ? (
        <div
          id={id}
          role="menu"
          aria-label={props.label}
          className="menu mt-1"
          style={props.align === 'end' ? { right: 0 } : { left: 0 }}
        >
          {props.header}
          {props.items.map((item) => (
            <button
              key={item.key}
              type="button"
              className="menu-item"
              role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={item.checked}
              onClick={() => {
                setIsOpen(false)
                item.onSelect()
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}

function moveFocus({ root, step }: { root: HTMLElement | null; step: number }): void {
  const items = [...(root?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
  const at = items.findIndex((item) => item === document.activeElement)
  items[(at + step + items.length) % items.length]?.focus()
}

function useCloseOutside(options: {
  root: React.RefObject<HTMLElement | null>
  isOpen: boolean
  close: () => void
}): void {
  const { root, isOpen, close } = options
  const closeRef = useRef(close)
  closeRef.current = close
  useEffect(() => {
    if (!isOpen) return
    function onPointerDown(event: PointerEvent) {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) closeRef.current()
    }
    document.addEventListener('pointerdown', onPointerDown)
    return () => document.removeEventListener('pointerdown', onPointerDown)
  }, [isOpen, root])
}
