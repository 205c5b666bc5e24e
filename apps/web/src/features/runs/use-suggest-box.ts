'use client'

import type { FilterCondition } from '@clew/domain'
import { useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { parseFilterText } from '@clew/domain/filter-text'
import type { Suggestion } from './suggestions.ts'

export interface SuggestBoxProps {
  conditions: readonly FilterCondition[]
  words: string
  suggest: (typed: string) => readonly Suggestion[]
  onChange: (filter: { conditions: readonly FilterCondition[]; words: string }) => void
}

/** The text being typed, what could follow it, and the keys that choose. */
export function useSuggestBox(options: SuggestBoxProps & { input: RefObject<HTMLInputElement | null> }) {
  const { conditions, words, suggest, onChange, input } = options
  const [text, setText] = useState(words)
  const [isOpen, setIsOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const isGivingUp = useRef(false)
  const suggestions = isOpen ? suggest(text) : []
  function giveUp() {
    isGivingUp.current = true
    setText(words)
    input.current?.blur()
  }
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
    handleKey({
      event,
      suggestions,
      at,
      apply: () => apply(text),
      accept,
      walk: (step) => setAt(toNext({ at, step, length: suggestions.length })),
      closeOrGiveUp: () => (suggestions.length > 0 ? setIsOpen(false) : giveUp()),
      dropLast: () => {
        if (text === '' && conditions.length > 0) onChange({ conditions: conditions.slice(0, -1), words: '' })
      },
    })
  }
  return {
    text,
    suggestions,
    at,
    accept,
    onKeyDown,
    open: () => setIsOpen(true),
    leave: () => {
      setIsOpen(false)
      if (!isGivingUp.current && text.trim() !== words) apply(text)
      isGivingUp.current = false
    },
    type: (typed: string) => {
      setText(typed)
      setIsOpen(true)
      setAt(-1)
    },
  }
}

function toNext({ at, step, length }: { at: number; step: 1 | -1; length: number }): number {
  if (at === -1) return step === 1 ? 0 : length - 1
  return (at + step + length) % length
}

function handleKey(press: {
  event: KeyboardEvent
  suggestions: readonly Suggestion[]
  at: number
  apply: () => void
  accept: (suggestion: Suggestion) => void
  walk: (step: 1 | -1) => void
  closeOrGiveUp: () => void
  dropLast: () => void
}): void {
  const { event, suggestions, at, apply, accept, walk, closeOrGiveUp, dropLast } = press
  const chosen = suggestions[at]
  if (event.key === 'Enter') {
    if (chosen === undefined) apply()
    else accept(chosen)
  } else if (event.key === 'Escape') closeOrGiveUp()
  else if (event.key === 'Backspace') dropLast()
  else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && suggestions.length > 0) {
    event.preventDefault()
    walk(event.key === 'ArrowDown' ? 1 : -1)
  }
}
