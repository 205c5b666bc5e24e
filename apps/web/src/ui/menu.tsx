'use client'

import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import { useLatest } from '#lib/use-latest.ts'

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
}) {
  const { label, trigger, items, triggerClassName = 'btn btn-ghost', align = 'start' } = props
  const [isOpen, setIsOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  useCloseOutside({ root, isOpen, close: () => setIsOpen(false) })
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
        className={triggerClassName}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={label}
        onClick={() => setIsOpen(!isOpen)}
      >
        {trigger}
      </button>
      {isOpen ? (
        <MenuList id={id} label={label} align={align} items={items} onClose={() => setIsOpen(false)} />
      ) : null}
    </div>
  )
}

function MenuList(props: {
  id: string
  label: string
  align: 'start' | 'end'
  items: readonly MenuItem[]
  onClose: () => void
}) {
  const { id, label, align, items, onClose } = props
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => list.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus(), [])
  return (
    <div
      ref={list}
      id={id}
      role="menu"
      aria-label={label}
      className="menu mt-1"
      style={align === 'end' ? { right: 0 } : { left: 0 }}
    >
      {items.map((item) => (
        <button
          key={item.key}
          type="button"
          className="menu-item"
          role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
          aria-checked={item.checked}
          onClick={() => {
            onClose()
            item.onSelect()
          }}
        >
          {item.label}
        </button>
      ))}
    </div>
  )
}

function moveFocus({ root, step }: { root: HTMLElement | null; step: number }): void {
  const items = [...(root?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
  const at = items.findIndex((item) => item === document.activeElement)
  items[(at + step + items.length) % items.length]?.focus()
}

function useCloseOutside(options: {
  root: RefObject<HTMLElement | null>
  isOpen: boolean
  close: () => void
}): void {
  const { root, isOpen, close } = options
  const latestClose = useLatest(close)
  useEffect(() => {
    if (!isOpen) return
    function onPointerDown(event: PointerEvent) {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) latestClose.current()
    }
    document.addEventListener('pointerdown', onPointerDown)
    return () => document.removeEventListener('pointerdown', onPointerDown)
  }, [isOpen, root, latestClose])
}
