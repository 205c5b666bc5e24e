import type { Route } from './route.ts'

export interface RouteMatch {
  /** Routes of that path, whatever their method. */
  routes: Route[]
  params: Record<string, string>
}

/** Finds the routes of a path; a path parameter is one segment, decoded. */
export function matchRoute({
  routes,
  path,
}: {
  routes: readonly Route[]
  path: string
}): RouteMatch | undefined {
  const segments = path.split('/')
  for (const candidate of routes) {
    const params = matchPath(candidate.path.split('/'), segments)
    if (params === undefined) continue
    return { routes: routes.filter((route) => route.path === candidate.path), params }
  }
  return undefined
}

function matchPath(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const params: [string, string][] = []
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? ''
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined) {
      if (part !== segment) return undefined
      continue
    }
    const decoded = decode(segment)
    if (decoded === undefined || decoded === '') return undefined
    params.push([name, decoded])
  }
  return Object.fromEntries(params)
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
