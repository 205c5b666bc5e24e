'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useKeys } from '#lib/use-keys.tsx'
import { storeTheme } from '#lib/theme.ts'
import { CommandPalette } from '#ui/command-palette.tsx'
import type { PaletteEntry, WordEntries } from '#ui/command-palette.tsx'
import { places } from './places.ts'
import { useProject } from './project-context.tsx'
import type { CurrentProject } from './project-context.tsx'

/** The keys that work everywhere, and the palette behind one of them. */
export function GoTo({ projects }: { projects: readonly CurrentProject[] }) {
  const [isOpen, setIsOpen] = useState(false)
  const router = useRouter()
  const { slug } = useProject()
  useKeys([
    ...places.map((place) => ({
      keys: `g ${place.key}`,
      label: place.label,
      group: 'Go to',
      run: () => router.push(`/p/${slug}${place.path}`),
    })),
    {
      keys: 'mod+k',
      label: 'go to',
      group: 'Everywhere',
      legend: true,
      whileTyping: true,
      run: () => setIsOpen(true),
    },
  ])
  const entries: PaletteEntry[] = [
    ...places.map((place) => ({
      key: `place${place.path}`,
      label: place.label,
      icon: place.icon,
      keys: `g ${place.key}`,
      run: () => router.push(`/p/${slug}${place.path}`),
    })),
    ...settingsEntries.map(([path, label]) => ({
      key: path,
      label,
      detail: 'Settings',
      icon: 'settings' as const,
      run: () => router.push(`/p/${slug}${path}`),
    })),
    ...projects
      .filter((project) => project.slug !== slug)
      .map((project) => ({
        key: project.id,
        label: project.name,
        detail: 'Project',
        icon: 'clew' as const,
        run: () => router.push(`/p/${project.slug}`),
      })),
    { key: 'light', label: 'Light theme', icon: 'sun', run: () => storeTheme('light') },
    { key: 'dark', label: 'Dark theme', icon: 'moon', run: () => storeTheme('dark') },
    { key: 'system-theme', label: 'Theme as the system', icon: 'system', run: () => storeTheme('system') },
  ]
  return (
    <CommandPalette
      isOpen={isOpen}
      onClose={() => setIsOpen(false)}
      entries={entries}
      toEntries={(words) => toWordEntries({ words, open: (path) => router.push(`/p/${slug}${path}`) })}
    />
  )
}

const settingsEntries = [
  ['/settings/keys', 'Keys'],
  ['/settings/retention', 'Retention'],
  ['/settings/privacy', 'Privacy'],
  ['/settings/instrumentation', 'Instrumentation'],
  ['/settings/members', 'Members'],
  ['/settings/prices', 'Prices'],
  ['/settings/audit', 'Audit'],
  ['/settings/system', 'System'],
] as const

/** An id opens its run; other words search the runs, after whatever is called like them. */
function toWordEntries(options: { words: string; open: (path: string) => void }): WordEntries {
  const { words, open } = options
  if (/^[0-9a-f]{32}$/i.test(words)) {
    const path = `/runs/${words.toLowerCase()}`
    return {
      first: [
        { key: 'open-trace', label: 'Open the run', detail: words, icon: 'runs', run: () => open(path) },
      ],
      last: [],
    }
  }
  if (words.length < 2) return { first: [], last: [] }
  const query = encodeURIComponent(words)
  const search: PaletteEntry = {
    key: 'search-runs',
    label: `Runs with “${words}”`,
    detail: 'in inputs and outputs',
    icon: 'search',
    run: () => open(`/runs?scope=any&q=${query}`),
  }
  return { first: [], last: [search] }
}
