'use client'

import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { KeyCaps } from './key-legend.tsx'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { useModal } from './use-modal.ts'

export interface PaletteEntry {
  key: string
  label: string
  detail?: string | undefined
  icon?: IconName
  keys?: string
  run: () => void
}

export interface WordEntries {
  first: readonly PaletteEntry[]
  last: readonly PaletteEntry[]
}

/** One field that goes anywhere: pages, projects, and whatever `search` finds for the words. */
export function CommandPalette(props: {
  isOpen: boolean
  onClose: () => void
  entries: readonly PaletteEntry[]
  /** Entries that stand for the words themselves: `first` for what is meant for sure, such as an id. */
  toEntries?: (words: string) => WordEntries
}) {
  const { isOpen, onClose, entries, toEntries } = props
  const dialog = useModal({ isOpen, onClose })
  return (
    <dialog ref={dialog} className="dialog palette" aria-label="Go to" onClose={onClose}>
      {isOpen ? <PaletteBody entries={entries} toEntries={toEntries} onClose={onClose} /> : null}
    </dialog>
  )
}

function PaletteBody(props: {
  entries: readonly PaletteEntry[]
  toEntries: ((words: string) => WordEntries) | undefined
  onClose: () => void
}) {
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const fromWords = props.toEntries?.(words.trim()) ?? { first: [], last: [] }
  const found = [...fromWords.first, ...rank({ entries: props.entries, words }), ...fromWords.last]
  const chosen = found[Math.min(at, found.length - 1)]
  function run(entry: PaletteEntry | undefined) {
    props.onClose()
    entry?.run()
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setAt((Math.min(at, found.length - 1) + step + found.length) % Math.max(1, found.length))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      run(chosen)
    }
  }
  return (
    <>
      <div className="palette-input">
        <Icon name="search" className="t3" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.key}`}
          aria-label="Go to a page, a project or an id"
          placeholder="Go to a page, a project or an id"
          value={words}
          onChange={(event) => {
            setWords(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>esc</kbd>
      </div>
      <PaletteList id={listId} entries={found} chosen={chosen} words={words} run={run} />
    </>
  )
}

function PaletteList(props: {
  id: string
  entries: readonly PaletteEntry[]
  chosen: PaletteEntry | undefined
  words: string
  run: (entry: PaletteEntry) => void
}) {
  const { id, entries, chosen, words, run } = props
  return (
    <div id={id} role="listbox" aria-label="Results" className="palette-list">
      {entries.map((entry) => (
        <PaletteRow
          key={entry.key}
          id={`${id}-${entry.key}`}
          entry={entry}
          isChosen={entry === chosen}
          run={run}
        />
      ))}
      {entries.length === 0 ? <p className="p-3 t3">Nothing here is called “{words}”.</p> : null}
    </div>
  )
}

function PaletteRow(props: {
  id: string
  entry: PaletteEntry
  isChosen: boolean
  run: (entry: PaletteEntry) => void
}): ReactNode {
  const { id, entry, isChosen, run } = props
  const row = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <button
      ref={row}
      id={id}
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      className="menu-item"
      onClick={() => run(entry)}
    >
      {entry.icon === undefined ? null : <Icon name={entry.icon} size={14} className="t3" />}
      <span>{entry.label}</span>
      <span className="t3 grow clip">{entry.detail}</span>
      {entry.keys === undefined ? null : <KeyCaps keys={entry.keys} />}
    </button>
  )
}

/** Words must all occur; a label that begins with them comes first. */
function rank({ entries, words }: { entries: readonly PaletteEntry[]; words: string }): PaletteEntry[] {
  const needles = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (needles.length === 0) return [...entries]
  const hits = entries.filter((entry) => {
    const text = `${entry.label} ${entry.detail ?? ''}`.toLowerCase()
    return needles.every((needle) => text.includes(needle))
  })
  const first = needles[0] ?? ''
  return hits.toSorted(
    (a, b) =>
      Number(b.label.toLowerCase().startsWith(first)) - Number(a.label.toLowerCase().startsWith(first)),
  )
}
