'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

export type UrlPatch = Readonly<Record<string, string | undefined>>

/**
 * The page's state in its URL. `patch` sets and removes parameters without a request; pass `push` for a step
 * that the back button should undo.
 */
export function useUrlState(): {
  params: URLSearchParams
  patch: (changes: UrlPatch, options?: { push?: boolean }) => void
} {
  const pathname = usePathname()
  const search = useSearchParams()
  const patch = useCallback(
    (changes: UrlPatch, options?: { push?: boolean }) => {
      const next = new URLSearchParams(window.location.search)
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined || value === '') next.delete(name)
        else next.set(name, value)
      }
      const query = next.toString()
      const url = query === '' ? pathname : `${pathname}?${query}`
      if (options?.push === true) window.history.pushState(null, '', url)
      else window.history.replaceState(null, '', url)
    },
    [pathname],
  )
  return { params: search, patch }
}

/** The parameter when it is one of the allowed values, else the fallback. */
export function readChoice<Value extends string>(options: {
  params: URLSearchParams
  name: string
  allowed: readonly Value[]
  fallback: Value
}): Value {
  const raw = options.params.get(options.name)
  return options.allowed.find((value) => value === raw) ?? options.fallback
}
