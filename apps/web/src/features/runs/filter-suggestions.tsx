import type { Suggestion } from './suggestions.ts'

/** The list below the filter field. */
export function FilterSuggestions(props: {
  suggestions: readonly Suggestion[]
  at: number
  onAccept: (suggestion: Suggestion) => void
}) {
  const { suggestions, at, onAccept } = props
  if (suggestions.length === 0) return null
  return (
    <div id="filter-suggestions" role="listbox" aria-label="Suggestions" className="menu top-full mt-1.5">
      {suggestions.map((suggestion, index) => (
        <button
          key={suggestion.text}
          id={`filter-suggestion-${index}`}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className="menu-item"
          onPointerDown={(event) => {
            event.preventDefault()
            onAccept(suggestion)
          }}
        >
          <span className="clip grow">{suggestion.label}</span>
          <span className="num small t3">{suggestion.detail}</span>
        </button>
      ))}
    </div>
  )
}
