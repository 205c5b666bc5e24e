import type { QueryParam } from '../driver/database.ts'

/** Collects the values of a statement; what a caller gave enters it only by a name from here. */
export interface Bindings {
  readonly params: Record<string, QueryParam>
  /** The placeholder of a newly bound value. */
  bind(type: 'String' | 'Float64' | 'Array(String)' | 'Array(Float64)', value: QueryParam): string
}

export function createBindings(): Bindings {
  const params: Record<string, QueryParam> = {}
  let count = 0
  return {
    params,
    bind(type, value) {
      const name = `f${count}`
      count += 1
      params[name] = value
      return `{${name}:${type}}`
    },
  }
}
