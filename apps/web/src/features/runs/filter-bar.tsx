'use client'

import type { FilterCondition, FilterScope } from '@clew/domain'
import { useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
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

interface FilterInputProps {
  conditions: readonly FilterCondition[]
  words: string
  suggest: (typed: string) => readonly Suggestion[]
  onChange: (filter: { conditions: readonly FilterCondition[]; words: string }) => void
}

function FilterInput(props: FilterInputProps) {
  const { conditions, onChange } = props
  const input = useRef<HTMLInputElement>(null)
  const box = useSuggestBox({ ...props, input })
  const { text, suggestions, at } = box
  useKeys([{ keys: '/', label: 'filter', legend: true, run: () => input.current?.focus() }])
  const isEmpty = text === '' && conditions.length === 0
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
          onFocus={box.open}
          onBlur={box.close}
          onChange={(event) => box.type(event.target.value)}
          onKeyDown={box.onKeyDown}
        />
        <FilterSuggestions suggestions={suggestions} at={at} onAccept={box.accept} />
      </div>
      {isEmpty ? (
        <kbd>/</kbd>
      ) : (
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

/** The text being typed, what could follow it, and the keys that choose. */
function useSuggestBox(options: FilterInputProps & { input: RefObject<HTMLInputElement | null> }) {
  const { conditions, words, suggest, onChange, input } = options
  const [text, setText] = useState(words)
  const [isOpen, setIsOpen] = useState(false)
  const [at, setAt] = useState(-1)
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
  function walk(step: 1 | -1) {
    const { length } = suggestions
    setAt(at === -1 ? (step === 1 ? 0 : length - 1) : (at + step + length) % length)
  }
  function onKeyDown(event: KeyboardEvent) {
    const hasSuggestions = suggestions.length > 0
    if (event.key === 'Enter') {
      const chosen = suggestions[at]
      if (chosen === undefined) apply(text)
      else accept(chosen)
    } else if (event.key === 'Escape') {
      if (hasSuggestions) setIsOpen(false)
      else input.current?.blur()
    } else if (event.key === 'Backspace' && text === '' && conditions.length > 0) {
      onChange({ conditions: conditions.slice(0, -1), words: '' })
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && hasSuggestions) {
      event.preventDefault()
      walk(event.key === 'ArrowDown' ? 1 : -1)
    }
  }
  return {
    text,
    suggestions,
    at,
    accept,
    onKeyDown,
    open: () => setIsOpen(true),
    close: () => setIsOpen(false),
    type: (typed: string) => {
      setText(typed)
      setIsOpen(true)
      setAt(-1)
    },
  }
}
