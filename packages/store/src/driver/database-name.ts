export const defaultDatabase = 'clew'

/** A name that may stand in a statement as it is; throws when it holds anything else than letters, digits and `_`. */
export function parseDatabaseName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) return name
  throw new Error(`"${name}" is not a database name: letters, digits and underscores only`)
}
