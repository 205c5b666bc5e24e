'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname, useRouter } from 'next/navigation'
import { formatCount } from '@clew/domain/format'
import { useTrpc } from '#lib/trpc.tsx'
import { useFeedPulse, useFeedState } from '#lib/use-feed.tsx'
import { Icon } from '#ui/icon.tsx'
import { Menu } from '#ui/menu.tsx'
import { places } from './places.ts'
import type { Place } from './places.ts'
import { useProject } from './project-context.tsx'
import type { CurrentProject } from './project-context.tsx'
import { signOut } from './sign-out.ts'

/** The way around the project; folds to icons. */
export function Nav(props: { projects: readonly CurrentProject[]; onFold: () => void; isFolded: boolean }) {
  const running = useRunningCount()
  const main = places.filter((place) => place.path !== '/settings')
  const settings = places.filter((place) => place.path === '/settings')
  return (
    <nav className="nav" aria-label="Main">
      <ProjectMenu projects={props.projects} />
      {main.map((place) => (
        <NavItem key={place.path} place={place} count={place.path === '' ? running : undefined} />
      ))}
      <div className="nav-foot">
        <FeedHealth />
        {settings.map((place) => (
          <NavItem key={place.path} place={place} count={undefined} />
        ))}
        <button
          type="button"
          className="nav-item"
          onClick={props.onFold}
          title={props.isFolded ? 'Unfold' : 'Fold'}
        >
          <Icon name="panel" label={props.isFolded ? 'Unfold the navigation' : undefined} />
          <span className="nav-text">Fold</span>
        </button>
      </div>
    </nav>
  )
}

function NavItem({ place, count }: { place: Place; count: number | undefined }) {
  const { slug } = useProject()
  const pathname = usePathname()
  const href = `/p/${slug}${place.path}`
  const isHere = place.path === '' ? pathname === href : pathname.startsWith(href)
  return (
    <Link
      href={href}
      prefetch={false}
      className="nav-item"
      aria-current={isHere ? 'page' : undefined}
      title={place.label}
    >
      <Icon name={place.icon} />
      <span className="nav-text">{place.label}</span>
      {count === undefined || count === 0 ? null : (
        <span className="nav-count" title={`${count} running`}>
          {formatCount(count)}
        </span>
      )}
    </Link>
  )
}

function ProjectMenu({ projects }: { projects: readonly CurrentProject[] }) {
  const current = useProject()
  const router = useRouter()
  return (
    <Menu
      label={`Project ${current.name}`}
      triggerClassName="nav-brand"
      trigger={
        <>
          <Icon name="clew" />
          <span className="nav-text clip grow">{current.name}</span>
          <Icon name="down" size={14} className="t3 nav-text" />
        </>
      }
      items={[
        ...projects.map((project) => ({
          key: project.id,
          checked: project.id === current.id,
          onSelect: () => router.push(`/p/${project.slug}`),
          label: (
            <>
              <span className="clip grow">{project.name}</span>
              {project.id === current.id ? <Icon name="ok" size={14} /> : null}
            </>
          ),
        })),
        {
          key: 'new-project',
          onSelect: () => router.push(`/p/${current.slug}/settings/projects`),
          label: (
            <>
              <Icon name="plus" size={14} className="t3" /> New project
            </>
          ),
        },
        {
          key: 'sign-out',
          onSelect: () => {
            void signOut().then(() => window.location.assign('/login'))
          },
          label: (
            <>
              <Icon name="signout" size={14} className="t3" /> Sign out
            </>
          ),
        },
      ]}
    />
  )
}

function FeedHealth() {
  const state = useFeedState()
  if (state === 'live') {
    return (
      <div className="nav-health" title="Changes arrive as they happen">
        Live
      </div>
    )
  }
  return (
    <div className="nav-health" role="status">
      {state === 'connecting' ? 'Connecting' : 'Connection lost, trying again. What you see may be old.'}
    </div>
  )
}

function useRunningCount(): number | undefined {
  const trpc = useTrpc()
  const { id } = useProject()
  const query = useQuery(
    trpc.runs.count.queryOptions({
      projectId: id,
      filter: { scope: 'root', where: { field: 'status', op: '=', value: 'running' } },
    }),
  )
  useFeedPulse({ everyMs: 2000, onPulse: () => void query.refetch() })
  return query.data?.count
}
