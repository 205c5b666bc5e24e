'use client'

import { useState } from 'react'
import type { ReactNode } from 'react'
import type { JsonValue } from '@clew/semconv/span'

const identifier = /^[A-Za-z_$][\w$]*$/
const openDepth = 3
const pageSize = 100
const longText = 600

/** JSON without needless quotes and commas; objects and lists fold, deep ones start folded. */
export function JsonTree({ value }: { value: JsonValue }) {
  return <JsonNode value={value} depth={0} />
}

function JsonNode({ value, depth }: { value: JsonValue; depth: number }): ReactNode {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') {
    return <span className="json-literal">{String(value)}</span>
  }
  if (typeof value === 'string') return <JsonText text={value} />
  const isList = Array.isArray(value)
  const entries = isList ? value.map((item, index) => [String(index), item] as const) : Object.entries(value)
  if (entries.length === 0) return <span className="json-punctuation">{isList ? '[]' : '{}'}</span>
  const inline = depth > 0 ? toInline(value) : undefined
  if (inline !== undefined) return inline
  return <JsonBranch entries={entries} isList={isList} depth={depth} />
}

function JsonBranch(props: {
  entries: readonly (readonly [string, JsonValue])[]
  isList: boolean
  depth: number
}) {
  const { entries, isList, depth } = props
  const [isOpen, setIsOpen] = useState(depth < openDepth)
  const [shown, setShown] = useState(pageSize)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  if (!isOpen) {
    return (
      <button type="button" className="json-fold" aria-expanded="false" onClick={() => setIsOpen(true)}>
        <span className="json-punctuation">{open}</span>
        <span className="json-summary">
          {' '}
          {entries.length} {isList ? 'items' : 'fields'}{' '}
        </span>
        <span className="json-punctuation">{close}</span>
      </button>
    )
  }
  return (
    <>
      <button
        type="button"
        className="json-fold json-punctuation"
        aria-expanded="true"
        aria-label="Fold"
        onClick={() => setIsOpen(false)}
      >
        {open}
      </button>
      <div className="json-children">
        {entries.slice(0, shown).map(([key, item]) => (
          <div key={key}>
            {isList ? null : <JsonKey name={key} />}
            <JsonNode value={item} depth={depth + 1} />
          </div>
        ))}
        {entries.length > shown ? (
          <button
            type="button"
            className="json-fold json-summary"
            onClick={() => setShown(shown + pageSize * 10)}
          >
            {entries.length - shown} more
          </button>
        ) : null}
      </div>
      <span className="json-punctuation">{close}</span>
    </>
  )
}

function JsonKey({ name }: { name: string }) {
  return (
    <>
      <span className="json-key">{identifier.test(name) ? name : JSON.stringify(name)}</span>
      <span className="json-punctuation">: </span>
    </>
  )
}

function JsonText({ text }: { text: string }) {
  const [isWhole, setIsWhole] = useState(false)
  if (text.length <= longText || isWhole) return <span>{JSON.stringify(text)}</span>
  return (
    <span>
      {JSON.stringify(text.slice(0, longText)).slice(0, -1)}
      <button type="button" className="json-fold json-summary" onClick={() => setIsWhole(true)}>
        … {(text.length - longText).toLocaleString('en')} more characters
      </button>
    </span>
  )
}

/** Short leaves stand on one line: `{ id: "pay_71f0", amount: 189 }`. */
function toInline(value: JsonValue[] | { [key: string]: JsonValue }): ReactNode {
  const entries = Object.entries(value)
  if (entries.length > 4 || entries.some(([, item]) => item !== null && typeof item === 'object'))
    return undefined
  if (JSON.stringify(value).length > 60) return undefined
  const isList = Array.isArray(value)
  return (
    <span>
      <span className="json-punctuation">{isList ? '[' : '{ '}</span>
      {entries.map(([key, item], index) => (
        <span key={key}>
          {index === 0 ? null : <span className="json-punctuation">, </span>}
          {isList ? null : <JsonKey name={key} />}
          <JsonNode value={item} depth={1} />
        </span>
      ))}
      <span className="json-punctuation">{isList ? ']' : ' }'}</span>
    </span>
  )
}
