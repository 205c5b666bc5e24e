import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

/** A filter in force: field, operator, value, and a way out. */
export function Chip(props: {
  field: string
  op: string
  value?: string | undefined
  onRemove?: (() => void) | undefined
}) {
  const { field, op, value, onRemove } = props
  return (
    <span className="chip">
      <b>{field}</b>
      <span className="chip-op">{op}</span>
      {value === undefined ? null : <b>{value}</b>}
      {onRemove === undefined ? null : (
        <button
          type="button"
          onClick={onRemove}
          aria-label={`Remove the filter ${field} ${op} ${value ?? ''}`}
        >
          <Icon name="x" size={14} />
        </button>
      )}
    </span>
  )
}

/** A quiet label beside a name: a version, a scope. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className="tag">{children}</span>
}
