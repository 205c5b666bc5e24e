import { TextField } from '#ui/field.tsx'

/** What was typed for each limit; empty leaves it to the ingest's own. */
export interface TypedLimits {
  requestsPerMinute: string
  megabytesPerMinute: string
  megabytesABody: string
}

export const noLimits: TypedLimits = { requestsPerMinute: '', megabytesPerMinute: '', megabytesABody: '' }

/** As the API says them. */
interface KeyLimits {
  requestsPerMinute?: number | undefined
  bytesPerMinute?: number | undefined
  bodyBytesMax?: number | undefined
}

const fields = [
  { name: 'requestsPerMinute', label: 'Requests a minute', says: 'A whole number above 0, or nothing' },
  { name: 'megabytesPerMinute', label: 'Megabytes a minute', says: 'A number above 0, or nothing' },
  { name: 'megabytesABody', label: 'Megabytes a body', says: 'A number above 0, or nothing' },
] as const

const megabyte = 1_000_000

/** What a key may send; beyond it the ingest answers 429 and says when to try again, or 413 where one body is too large. */
export function KeyLimitFields(props: { limits: TypedLimits; onChange: (limits: TypedLimits) => void }) {
  const { limits, onChange } = props
  return (
    <div className="three-fields">
      {fields.map(({ name, label, says }) => (
        <TextField
          key={name}
          label={label}
          name={`key-${name}`}
          inputMode="decimal"
          autoComplete="off"
          placeholder="no own limit"
          value={limits[name]}
          error={isLimit(name, limits[name]) ? undefined : says}
          onChange={(event) => onChange({ ...limits, [name]: event.target.value })}
        />
      ))}
    </div>
  )
}

export function areLimits(limits: TypedLimits): boolean {
  return fields.every(({ name }) => isLimit(name, limits[name]))
}

export function toKeyLimits(typed: TypedLimits) {
  const [requests, perMinute, aBody] = fields.map(({ name }) => typed[name].trim())
  return {
    ...(requests && { requestsPerMinute: Number(requests) }),
    ...(perMinute && { bytesPerMinute: Math.round(Number(perMinute) * megabyte) }),
    ...(aBody && { bodyBytesMax: Math.round(Number(aBody) * megabyte) }),
  }
}

export function toTypedLimits({ requestsPerMinute, bytesPerMinute, bodyBytesMax }: KeyLimits): TypedLimits {
  return {
    requestsPerMinute: String(requestsPerMinute ?? ''),
    megabytesPerMinute: inMegabytes(bytesPerMinute),
    megabytesABody: inMegabytes(bodyBytesMax),
  }
}

function inMegabytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : String(bytes / megabyte)
}

function isLimit(name: keyof TypedLimits, text: string): boolean {
  const trimmed = text.trim()
  if (trimmed === '') return true
  const isNumber = name === 'requestsPerMinute' ? /^\d{1,9}$/ : /^\d{1,9}(?:\.\d{1,6})?$/
  return isNumber.test(trimmed) && Number(trimmed) > 0
}
