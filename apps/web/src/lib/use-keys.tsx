'use client'

import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { KeyRegistry } from './key-registry.ts'
import type { KeyBinding } from './key-registry.ts'
import { useLatest } from './use-latest.ts'

export type { KeyBinding } from './key-registry.ts'

const KeyContext = createContext<KeyRegistry | undefined>(undefined)

/** Listens once for the page; everything below registers with `useKeys`. */
export function KeyProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new KeyRegistry())
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || isInModal(event.target)) return
      if (isActivation(event) || isSliding(event)) return
      const used = registry.press({
        key: event.key,
        isTyping: isTextField(event.target),
        hasMod: event.metaKey || event.ctrlKey,
        hasAlt: event.altKey,
        atMs: event.timeStamp,
      })
      if (used) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [registry])
  return <KeyContext.Provider value={registry}>{children}</KeyContext.Provider>
}

/** Registers keys while the caller is mounted; the newest closures run, whenever they were made. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const registry = useRegistry()
  const latest = useLatest(bindings)
  const shape = JSON.stringify(bindings.map(({ run: _run, ...rest }) => rest))
  useEffect(() => {
    const shown: Omit<KeyBinding, 'run'>[] = JSON.parse(shape)
    return registry.add(
      shown.map((binding, index) => ({ ...binding, run: () => latest.current[index]?.run() })),
    )
  }, [registry, latest, shape])
}

/** Every key that works at this moment, in the order in which it was registered. */
export function useKeyBindings(): readonly KeyBinding[] {
  const registry = useRegistry()
  return useSyncExternalStore(registry.subscribe, registry.bindings, () => noBindings)
}

const noBindings: readonly KeyBinding[] = []

function useRegistry(): KeyRegistry {
  const registry = useContext(KeyContext)
  if (registry === undefined) throw new Error('useKeys needs a KeyProvider above it')
  return registry
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range'].includes(target.type)
}

/** The keys that move a focused slider belong to it. */
function isSliding({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLInputElement) || target.type !== 'range') return false
  return key.startsWith('Arrow') || ['Home', 'End', 'PageUp', 'PageDown'].includes(key)
}

/** Enter and space on a focused control belong to the control. */
function isActivation(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false
  return (
    event.target instanceof Element && event.target.closest('a[href], button, summary, [role=menu]') !== null
  )
}

/** A modal dialog has the page's keys to itself. */
function isInModal(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog[open]') !== null
}
