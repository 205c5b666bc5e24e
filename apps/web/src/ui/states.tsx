'use client'

import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

/** Nothing here: why, and the next step. */
export function EmptyState(props: { title: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="empty">
      <div className="med">{props.title}</div>
      {props.children === undefined ? null : <p>{props.children}</p>}
      {props.actions === undefined ? null : <div className="empty-actions">{props.actions}</div>}
    </div>
  )
}

/** Something broke: what, what still works, and how to try again. */
export function ErrorState(props: {
  title: string
  children?: ReactNode
  onRetry?: (() => void) | undefined
  actions?: ReactNode
}) {
  return (
    <div className="error-state" role="alert">
      <Icon name="fail" className="st-fail" />
      <div>
        <div className="med">{props.title}</div>
        {props.children === undefined ? null : <p>{props.children}</p>}
        {props.onRetry === undefined && props.actions === undefined ? null : (
          <div className="mt-2 flex items-center gap-2">
            {props.onRetry === undefined ? null : <Button onClick={props.onRetry}>Try again</Button>}
            {props.actions}
          </div>
        )}
      </div>
    </div>
  )
}

const widths = ['82%', '56%', '71%', '90%', '48%', '64%', '77%', '52%']

/** Rows of their final height while data are on their way; after 2 s it says what it waits for. */
export function LoadingRows(props: { columns: string; rows?: number; waitingFor?: string }) {
  const { columns, rows = 8, waitingFor = 'the store' } = props
  const isSlow = useIsSlow(2000)
  const cells = columns.split(/\s+(?![^(]*\))/).length
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="tr" style={{ gridTemplateColumns: columns }}>
          {Array.from({ length: cells }, (__, cell) => (
            <i key={cell} className="skeleton" style={{ width: widths[(row + cell) % widths.length] }} />
          ))}
        </div>
      ))}
      <div className="tr small t3" style={{ borderBottom: 0 }}>
        {isSlow ? `Still waiting for ${waitingFor}.` : ''}
      </div>
    </div>
  )
}

/** True once the caller has been on screen for `afterMs`. */
export function useIsSlow(afterMs: number): boolean {
  const [isSlow, setIsSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), afterMs)
    return () => clearTimeout(timer)
  }, [afterMs])
  return isSlow
}

/** A short word beside the matter: neutral, or a warning. */
export function Notice({ tone = 'plain', children }: { tone?: 'plain' | 'warn'; children: ReactNode }) {
  return (
    <div
      className={tone === 'warn' ? 'notice notice-warn' : 'notice'}
      role={tone === 'warn' ? 'alert' : 'note'}
    >
      <Icon name={tone === 'warn' ? 'warn' : 'message'} className={tone === 'warn' ? 'st-warn' : 't3'} />
      <div>{children}</div>
    </div>
  )
}
