'use client'

import type { FilterCondition, FilterScope } from '@clew/domain'
import { useRef } from 'react'
import { describeCondition } from '@clew/domain/filter-text'
import { useKeys } from '#lib/use-keys.tsx'
import { Chip } from '#ui/chip.tsx'
import { Icon } from '#ui/icon.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { FilterSuggestions } from './filter-suggestions.tsx'
import type { Suggestion } from './suggestions.ts'
import { useSuggestBox } from './use-suggest-box.ts'
import type { SuggestBoxProps } from './use-suggest-box.ts'

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

function FilterInput(props: SuggestBoxProps) {
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
          onBlur={box.leave}
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
