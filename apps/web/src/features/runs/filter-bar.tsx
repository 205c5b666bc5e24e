'use client'

import type { FilterCondition, FilterScope } from '@clew/domain'
import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { describeCondition, parseFilterText } from '#lib/filter-text.ts'
import { useKeys } from '#lib/use-keys.tsx'
import { Chip } from '#ui/chip.tsx'
import { Icon } from '#ui/icon.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { FilterSuggestions } from './filter-suggestions.tsx'
import type { Suggestion } from './suggestions.ts'

const scopes: readonly { value: FilterScope; label: string }[] = [
  { value: 'root', label: 'Root' },
  { value: 'any', label: 'Any span' },
  { value: 'session', label: 'Session' },
]

/** Scope, conditions as chips, and one field for more of them or for words. */
export function FilterBar(props: {
  scope: FilterScope
  conditions: readonly FilterCondition[]
  words: string
  suggest: (typed: string) => readonly Suggestion[]
  onScope: (scope: FilterScope) => void
  onChange: (filter: { conditions: readonly FilterCondition[]; words: string }) => void
}) {
  const { scope, conditions, words, onScope, onChange } = props
  return (
    <div className="runs-filters">
      <Segmented label="Which spans must match" options={scopes} value={scope} onChange={onScope} />
      <div className="field-box runs-filter-field grow flex-wrap">
        <Icon name="search" size={14} />
        {conditions.map((condition, index) => {
          const { field, op, value } = describeCondition(condition)
          return (
            <Chip
              key={`${field}${op}${value ?? ''}`}
              field={field}
              op={op}
              value={value}
              onRemove={() => onChange({ conditions: conditions.filter((_, at) => at !== index), words })}
            />
          )
        })}
        <FilterInput key={words} {...props} />
      </div>
    </div>
  )
}

function FilterInput(props: {
  conditions: readonly FilterCondition[]
  words: string
  suggest: (typed: string) => readonly Suggestion[]
  onChange: (filter: { conditions: readonly FilterCondition[]; words: string }) => void
}) {
  const { conditions, words, suggest, onChange } = props
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(words)
  const [isOpen, setIsOpen] = useState(false)
  const [at, setAt] = useState(-1)
  useKeys([{ keys: '/', label: 'filter', legend: true, run: () => input.current?.focus() }])
  const suggestions = isOpen ? suggest(text) : []
  function apply(typed: string) {
    const parsed = parseFilterText(typed)
    setIsOpen(false)
    setAt(-1)
    setText(parsed.words)
    onChange({ conditions: [...conditions, ...parsed.conditions], words: parsed.words })
  }
  function accept(suggestion: Suggestion) {
    setAt(-1)
    if (suggestion.isComplete) apply(suggestion.text)
    else setText(suggestion.text)
    input.current?.focus()
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      const chosen = suggestions[at]
      if (chosen === undefined) apply(text)
      else accept(chosen)
    } else if (event.key === 'Escape') {
      if (isOpen && suggestions.length > 0) setIsOpen(false)
      else input.current?.blur()
    } else if (event.key === 'Backspace' && text === '' && conditions.length > 0) {
      onChange({ conditions: conditions.slice(0, -1), words: '' })
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && suggestions.length > 0) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt((at + step + suggestions.length + (at === -1 && step === -1 ? 1 : 0)) % suggestions.length)
    }
  }
  return (
    <>
      <div className="relative flex min-w-[180px] grow">
        <input
          ref={input}
          role="combobox"
          aria-expanded={suggestions.length > 0}
          aria-controls="filter-suggestions"
          aria-activedescendant={at === -1 ? undefined : `filter-suggestion-${at}`}
          aria-label="Filter runs"
          placeholder="Filter, or words from inputs and outputs"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onFocus={() => setIsOpen(true)}
          onBlur={() => setIsOpen(false)}
          onChange={(event) => {
            setText(event.target.value)
            setIsOpen(true)
            setAt(-1)
          }}
          onKeyDown={onKeyDown}
        />
        <FilterSuggestions suggestions={suggestions} at={at} onAccept={accept} />
      </div>
      {text === '' && conditions.length === 0 ? <kbd>/</kbd> : null}
      {text === '' && conditions.length === 0 ? null : (
        <button
          type="button"
          aria-label="Clear the filter"
          onClick={() => onChange({ conditions: [], words: '' })}
        >
          <Icon name="x" size={14} />
        </button>
      )}
    </>
  )
}
