'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { PageTop } from '#shell/page-top.tsx'
import { useProjectPath } from '#shell/project-context.tsx'

const pages = [
  ['/settings/keys', 'Keys'],
  ['/settings/instrumentation', 'Instrumentation'],
  ['/settings/privacy', 'Privacy'],
  ['/settings/retention', 'Retention'],
  ['/settings/prices', 'Prices'],
  ['/settings/members', 'Members'],
  ['/settings/audit', 'Audit'],
  ['/settings/projects', 'Projects'],
  ['/settings/system', 'System'],
] as const

/** The settings' own navigation beside the page that is open. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const path = useProjectPath()
  const pathname = usePathname()
  const here = pages.find(([page]) => pathname === path(page))
  return (
    <>
      <PageTop parent={{ href: path('/settings'), label: 'Settings' }} title={here?.[1] ?? ''} />
      <div className="settings">
        <nav className="settings-nav" aria-label="Settings">
          {pages.map(([page, label]) => (
            <Link
              key={page}
              href={path(page)}
              prefetch={false}
              aria-current={pathname === path(page) ? 'page' : undefined}
            >
              {label}
            </Link>
          ))}
        </nav>
        <div className="settings-body">{children}</div>
      </div>
    </>
  )
}
