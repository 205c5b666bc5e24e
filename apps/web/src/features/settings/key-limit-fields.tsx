import { TextField } from '#ui/field.tsx'

/** What was typed for each limit; empty leaves it to the ingest's own. */
export interface TypedLimits {
  requestsPerMinute: string
  megabytesPerMinute: string
}

export const noLimits: TypedLimits = { requestsPerMinute: '', megabytesPerMinute: '' }

const fields = [
  { name: 'requestsPerMinute', label: 'Requests a minute' },
  { name: 'megabytesPerMinute', label: 'Megabytes a minute' },
] as const

/** What a key may send; beyond it the ingest answers 429 and says when to try again. */
export function KeyLimitFields(props: { limits: TypedLimits; onChange: (limits: TypedLimits) => void }) {
  const { limits, onChange } = props
  return (
    <div className="grid grid-cols-2 gap-3">
      {fields.map(({ name, label }) => (
        <TextField
          key={name}
          label={label}
          name={`key-${name}`}
          inputMode="numeric"
          autoComplete="off"
          placeholder="no limit of its own"
          value={limits[name]}
          error={isLimit(limits[name]) ? undefined : 'A whole number above 0, or nothing'}
          onChange={(event) => onChange({ ...limits, [name]: event.target.value })}
        />
      ))}
    </div>
  )
}

export function areLimits(limits: TypedLimits): boolean {
  return fields.every(({ name }) => isLimit(limits[name]))
}

/** As the API takes them. */
export function toKeyLimits(typed: TypedLimits): { requestsPerMinute?: number; bytesPerMinute?: number } {
  const requests = typed.requestsPerMinute.trim()
  const megabytes = typed.megabytesPerMinute.trim()
  return {
    ...(requests !== '' && { requestsPerMinute: Number(requests) }),
    ...(megabytes !== '' && { bytesPerMinute: Number(megabytes) * 1_000_000 }),
  }
}

function isLimit(text: string): boolean {
  return /^\s*(?:[1-9]\d{0,8})?\s*$/.test(text)
}
