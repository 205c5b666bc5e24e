'use client'

import { useState } from 'react'
import { useKeyBindings, useKeys } from '#lib/use-keys.tsx'
import type { KeyBinding } from '#lib/use-keys.tsx'
import { Dialog } from './dialog.tsx'

const caps: Readonly<Record<string, string>> = {
  Enter: '↵',
  Escape: 'esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ' ': 'space',
  End: 'end',
}

const hereGroup = 'On this page'

/** The footer: which keys work here. `?` lists them all. */
export function KeyLegend() {
  const [isOpen, setIsOpen] = useState(false)
  const bindings = useKeyBindings()
  useKeys([{ keys: '?', label: 'all keys', group: 'Everywhere', run: () => setIsOpen(true) }])
  // What the page itself does comes first; what works everywhere stands at the end.
  const shown = bindings.filter((binding) => binding.legend === true)
  const groups = mergeByLabel([
    ...shown.filter((binding) => binding.group === undefined),
    ...shown.filter((binding) => binding.group !== undefined),
  ])
  return (
    <footer className="foot-keys">
      {groups.map(({ label, keys }) => (
        <span key={label}>
          {keys.map((key) => (
            <KeyCaps key={key} keys={key} />
          ))}
          {label}
        </span>
      ))}
      <button type="button" className="ml-auto" onClick={() => setIsOpen(true)}>
        <kbd>?</kbd> all keys
      </button>
      <Dialog title="Keys" isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <KeyList bindings={bindings} />
      </Dialog>
    </footer>
  )
}

/** The caps of one binding: `g` `n`, `⌘K`. */
export function KeyCaps({ keys }: { keys: string }) {
  return (
    <>
      {keys.split(/(?<=.) (?=.)/).map((key) => (
        <kbd key={key}>{capOf(key)}</kbd>
      ))}
    </>
  )
}

function KeyList({ bindings }: { bindings: readonly KeyBinding[] }) {
  const groups = new Map<string, KeyBinding[]>([[hereGroup, []]])
  for (const binding of bindings) {
    const group = binding.group ?? hereGroup
    groups.set(group, [...(groups.get(group) ?? []), binding])
  }
  return (
    <>
      {[...groups].map(([group, members]) => (
        <section key={group}>
          <h3 className="label mb-1">{group}</h3>
          <ul>
            {mergeByLabel(members).map(({ label, keys }) => (
              <li key={label} className="flex h-[26px] items-center gap-2">
                <span className="grow">{label}</span>
                {keys.map((key) => (
                  <KeyCaps key={key} keys={key} />
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function mergeByLabel(bindings: readonly KeyBinding[]): { label: string; keys: string[] }[] {
  const merged = new Map<string, string[]>()
  for (const { label, keys } of bindings) {
    const known = merged.get(label) ?? []
    if (!known.includes(keys)) merged.set(label, [...known, keys])
  }
  return [...merged].map(([label, keys]) => ({ label, keys }))
}

function capOf(key: string): string {
  if (key.startsWith('mod+')) return `${isMac() ? '⌘' : 'Ctrl '}${key.slice(4).toUpperCase()}`
  return caps[key] ?? key
}

function isMac(): boolean {
  return typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac')
}
