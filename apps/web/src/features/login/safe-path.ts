/** A path of this origin to go to after signing in; anything that could lead elsewhere becomes the start. */
export function toSafePath(next: string | null): string {
  if (next === null || !next.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/'
  return next.startsWith('/login') ? '/' : next
}
