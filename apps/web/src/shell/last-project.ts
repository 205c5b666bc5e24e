const storageKey = 'clew-last-project'

/** The project that this browser showed last. */
export function readLastProject(): string | undefined {
  return localStorage.getItem(storageKey) ?? undefined
}

export function storeLastProject(slug: string): void {
  localStorage.setItem(storageKey, slug)
}
