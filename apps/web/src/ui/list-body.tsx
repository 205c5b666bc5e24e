'use client'

import type { ReactNode } from 'react'
import { toErrorMessage } from '#lib/trpc.tsx'
import { ErrorState, LoadingRows } from './states.tsx'

/** A list's four states in one place: on its way, broken, empty, there (and then perhaps old). */
export function ListBody<Item>(props: {
  /** In the plural, for sentences: "sessions". */
  what: string
  columns: string
  items: readonly Item[] | undefined
  error: unknown
  onRetry: () => void
  empty: ReactNode
  children: (items: readonly Item[]) => ReactNode
}) {
  const { what, columns, items, error, onRetry, empty, children } = props
  const isBroken = error !== null && error !== undefined
  return (
    <>
      {isBroken ? (
        <ErrorState
          title={items === undefined ? `The ${what} could not be read` : 'What you see may be old'}
          onRetry={onRetry}
        >
          {toErrorMessage(error)} What agents send is still taken in.
        </ErrorState>
      ) : null}
      {items === undefined ? (
        isBroken ? null : (
          <LoadingRows columns={columns} waitingFor={`the ${what}`} />
        )
      ) : items.length === 0 ? (
        empty
      ) : (
        children(items)
      )}
    </>
  )
}
