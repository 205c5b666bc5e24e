'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { ThemeMenu } from './theme-menu.tsx'

/** A page's first line: where one is, what is known about it, what one can do. */
export function PageTop(props: {
  title: ReactNode
  detail?: ReactNode
  parent?: { href: string; label: string }
  children?: ReactNode
}) {
  return (
    <header className="top">
      {props.parent === undefined ? null : (
        <span className="crumb">
          <Link href={props.parent.href}>{props.parent.label}</Link> /
        </span>
      )}
      <h1 className="flex min-w-0 items-center gap-2">{props.title}</h1>
      {props.detail === undefined ? null : <span className="t3 tnum clip">{props.detail}</span>}
      <span className="grow" />
      {props.children}
      <ThemeMenu />
    </header>
  )
}
