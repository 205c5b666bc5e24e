'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { isUnauthorised, toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { FeedProvider } from '#lib/use-feed.tsx'
import { buttonClass } from '#ui/button.tsx'
import { KeyLegend } from '#ui/key-legend.tsx'
import { EmptyState, ErrorState } from '#ui/states.tsx'
import { GoTo } from './go-to.tsx'
import { storeLastProject } from './last-project.ts'
import { Nav } from './nav.tsx'
import { ProjectProvider, useProject } from './project-context.tsx'
import type { CurrentProject } from './project-context.tsx'
import { useFolded } from './use-folded.ts'

/** Everything around a project's page: who is asking, which project, the way around, the keys. */
export function ProjectShell({ slug, children }: { slug: string; children: ReactNode }) {
  const trpc = useTrpc()
  const me = useQuery(trpc.me.get.queryOptions())
  useSignInWhen(isUnauthorised(me.error))
  if (me.error !== null && !isUnauthorised(me.error)) {
    return (
      <div className="centre">
        <div className="panel card">
          <ErrorState title="Clew did not answer" onRetry={() => void me.refetch()}>
            {toErrorMessage(me.error)} What agents send is still taken in as long as the server runs.
          </ErrorState>
        </div>
      </div>
    )
  }
  if (me.data === undefined) return <Frame nav={<nav className="nav" aria-label="Main" />} isFolded={false} />
  const { projects } = me.data
  const project = projects.find((one) => one.slug === slug || one.id === slug)
  if (project === undefined) return <NoProject slug={slug} projects={projects} />
  return (
    <ProjectProvider value={project}>
      <FeedProvider key={project.id} projectId={project.id}>
        <ShellFrame projects={projects}>{children}</ShellFrame>
      </FeedProvider>
    </ProjectProvider>
  )
}

function ShellFrame({ projects, children }: { projects: readonly CurrentProject[]; children: ReactNode }) {
  const { isFolded, toggle } = useFolded()
  const { slug } = useProject()
  useEffect(() => storeLastProject(slug), [slug])
  return (
    <Frame nav={<Nav projects={projects} onFold={toggle} isFolded={isFolded} />} isFolded={isFolded}>
      <div className="app-page" id="content">
        {children}
      </div>
      <KeyLegend />
      <GoTo projects={projects} />
    </Frame>
  )
}

function Frame({ nav, isFolded, children }: { nav: ReactNode; isFolded: boolean; children?: ReactNode }) {
  return (
    <div className={isFolded ? 'app app-folded' : 'app'}>
      <a href="#content" className="skip-link">
        Skip to the content
      </a>
      {nav}
      <main className="app-main">{children}</main>
    </div>
  )
}

function NoProject({ slug, projects }: { slug: string; projects: readonly CurrentProject[] }) {
  return (
    <div className="centre">
      <EmptyState
        title={`There is no project “${slug}” that you may see`}
        actions={projects.map((project) => (
          <a key={project.id} className={buttonClass({})} href={`/p/${project.slug}`}>
            {project.name}
          </a>
        ))}
      >
        It may have another name, or somebody has to add you to it.
      </EmptyState>
    </div>
  )
}

/** Sends to the login page and back again afterwards. */
function useSignInWhen(isSignedOut: boolean): void {
  const router = useRouter()
  const pathname = usePathname()
  const [search] = useState(() => (typeof window === 'undefined' ? '' : window.location.search))
  useEffect(() => {
    if (isSignedOut) router.replace(`/login?next=${encodeURIComponent(pathname + search)}`)
  }, [isSignedOut, router, pathname, search])
}
