import type { IconName } from '#ui/icon.tsx'

export interface Place {
  /** Below `/p/<project>`. */
  path: string
  label: string
  icon: IconName
  /** The second key after `g`. */
  key: string
}

/** Where one can go in a project, in the order of the navigation. */
export const places: readonly Place[] = [
  { path: '', label: 'Now', icon: 'now', key: 'n' },
  { path: '/runs', label: 'Runs', icon: 'runs', key: 'r' },
  { path: '/sessions', label: 'Sessions', icon: 'sessions', key: 's' },
  { path: '/agents', label: 'Agents', icon: 'agents', key: 'a' },
  { path: '/tasks', label: 'Tasks', icon: 'tasks', key: 't' },
  { path: '/settings', label: 'Settings', icon: 'settings', key: ',' },
]
