'use client'

import { useMemo, useState } from 'react'
import type { JsonValue } from '@clew/semconv/span'
import { Button } from './button.tsx'
import { JsonTree } from './json-tree.tsx'

const cutAt = 20_000

/** A payload in mono: JSON is laid out and folds, anything else stays as it came; long ones open on request. */
export function Payload(props: {
  text: string
  mime?: string | undefined
  well?: boolean
  highlight?: string | undefined
}) {
  const { text, mime, well = true } = props
  const [isWhole, setIsWhole] = useState(false)
  const json = useMemo(() => parseJson({ text, mime }), [text, mime])
  const isCut = !isWhole && json === undefined && text.length > cutAt
  return (
    <div className={well ? 'payload well' : 'payload'}>
      {json === undefined ? isCut ? text.slice(0, cutAt) : text : <JsonTree value={json} />}
      {isCut ? (
        <div className="mt-2">
          <Button variant="ghost" onClick={() => setIsWhole(true)}>
            Show the other {(text.length - cutAt).toLocaleString('en')} characters
          </Button>
        </div>
      ) : null}
    </div>
  )
}

/** A JSON value that is at hand already. */
export function JsonPayload({ value, well = true }: { value: JsonValue; well?: boolean }) {
  return (
    <div className={well ? 'payload well' : 'payload'}>
      <JsonTree value={value} />
    </div>
  )
}

/** Only objects and arrays are laid out: a bare number or string is shown as it was sent. */
function parseJson({ text, mime }: { text: string; mime: string | undefined }): JsonValue | undefined {
  if (mime === 'text/plain') return undefined
  const first = text.trimStart().charAt(0)
  if (first !== '{' && first !== '[') return undefined
  try {
    const parsed: JsonValue = JSON.parse(text)
    return parsed
  } catch {
    return undefined
  }
}
