import Link from 'next/link'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

/** A cell; numbers stand right in tabular figures. */
export function Cell(props: {
  children?: ReactNode
  num?: boolean
  className?: string
  title?: string | undefined
}) {
  const classes = [props.num === true ? 'num' : 'clip', props.className].filter((part) => part !== undefined)
  return (
    <span role="cell" className={classes.join(' ')} title={props.title}>
      {props.children}
    </span>
  )
}

/** The cell whose link stretches over the row. */
export function LinkCell(props: { href: string; children: ReactNode; className?: string; id?: string }) {
  return (
    <span role="cell" className={props.className === undefined ? 'clip' : `clip ${props.className}`}>
      <Link href={props.href} prefetch={false} className="row-link" id={props.id}>
        {props.children}
      </Link>
    </span>
  )
}

/** A column's head; one that shows nothing still has a `label` to be read. */
export function HeadCell(props: { children?: ReactNode; num?: boolean; label?: string }) {
  const { children, num, label } = props
  return (
    <span role="columnheader" className={num === true ? 'num' : undefined}>
      {label === undefined ? children : <span className="visually-hidden">{label}</span>}
    </span>
  )
}

/** A column's head that sorts. */
export function SortHead<By extends string>(props: {
  by: By
  sort: { by: By; direction: 'asc' | 'desc' }
  onSort: (sort: { by: By; direction: 'asc' | 'desc' }) => void
  children: ReactNode
  num?: boolean
}) {
  const { by, sort, onSort, children, num } = props
  const isSorted = sort.by === by
  return (
    <span
      role="columnheader"
      className={num === true ? 'num' : undefined}
      aria-sort={isSorted ? (sort.direction === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      <button
        type="button"
        onClick={() => onSort({ by, direction: isSorted && sort.direction === 'desc' ? 'asc' : 'desc' })}
      >
        {children}
        {isSorted ? <Icon name={sort.direction === 'asc' ? 'up' : 'down'} size={12} /> : null}
      </button>
    </span>
  )
}
