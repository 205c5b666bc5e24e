import { useId } from 'react'
import type { InputHTMLAttributes, ReactNode, Ref } from 'react'
import { Icon } from './icon.tsx'

interface FieldShell {
  label: string
  hint?: ReactNode
  error?: string | undefined
}

/** A labelled text input with its hint, or with what is wrong in its place. */
export function TextField({
  label,
  hint,
  error,
  ref,
  ...input
}: FieldShell & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  const id = useId()
  const noteId = `${id}-note`
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-box" data-invalid={error !== undefined}>
        <input ref={ref} id={id} aria-invalid={error !== undefined} aria-describedby={noteId} {...input} />
      </div>
      <FieldNote id={noteId} hint={hint} error={error} />
    </div>
  )
}

/** A labelled choice from a list. */
export function SelectField<Value extends string>(
  props: FieldShell & {
    value: Value
    options: readonly { value: Value; label: string; disabled?: boolean }[]
    onChange: (value: Value) => void
  },
) {
  const id = useId()
  const noteId = `${id}-note`
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <div className="field-box">
        <select
          id={id}
          value={props.value}
          aria-describedby={noteId}
          onChange={(event) => {
            const chosen = props.options.find((option) => option.value === event.target.value)
            if (chosen !== undefined) props.onChange(chosen.value)
          }}
        >
          {props.options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" size={14} />
      </div>
      <FieldNote id={noteId} hint={props.hint} error={props.error} />
    </div>
  )
}

function FieldNote({ id, hint, error }: { id: string; hint: ReactNode; error: string | undefined }) {
  if (error !== undefined) {
    return (
      <p id={id} className="field-error" role="alert">
        <Icon name="fail" size={14} />
        {error}
      </p>
    )
  }
  return (
    <p id={id} className="field-hint" hidden={hint === undefined}>
      {hint}
    </p>
  )
}
