import type { PGlite } from '@electric-sql/pglite'
import { types as pgTypes } from 'pg'

type ParseText = (value: string) => unknown

interface QueryConfig {
  text: string
  values?: unknown[]
  rowMode?: 'array'
  types?: TypeParsers
}

interface TypeParsers {
  getTypeParser(typeId: number, format: 'text'): ParseText
}

interface QueryReply {
  rows: unknown[]
  rowCount: number
  fields: { name: string; dataTypeID: number }[]
}

/**
 * The part of pg's Pool that drizzle uses, over the embedded engine, so that both engines share one driver with
 * one treatment of types. Invariant: a connection that is lent out holds the engine until it is released.
 */
export class PglitePool {
  // drizzle knows a pool by its class's name, which a minifier may change.
  static readonly name = 'PglitePool'
  private readonly engine: PGlite
  private readonly untouched: Record<number, ParseText>
  private turn: Promise<void> = Promise.resolve()
  private hasEnded = false

  constructor(engine: PGlite) {
    this.engine = engine
    this.untouched = Object.fromEntries(
      Object.keys(engine.parsers).map((typeId) => [typeId, (value: string) => value]),
    )
  }

  async connect(): Promise<{ query: PglitePool['query']; release: () => void }> {
    const { release } = await this.takeTurn()
    return { query: async (config, values) => await this.run(config, values), release }
  }

  async query(config: QueryConfig | string, values?: unknown[]): Promise<QueryReply> {
    const { release } = await this.takeTurn()
    try {
      return await this.run(config, values)
    } finally {
      release()
    }
  }

  /** Resolves when whatever holds or awaits the engine is done. */
  async end(): Promise<void> {
    const { release } = await this.takeTurn()
    this.hasEnded = true
    release()
  }

  private async takeTurn(): Promise<{ release: () => void }> {
    const before = this.turn
    const { promise, resolve } = withResolvers()
    this.turn = promise
    await before
    if (this.hasEnded) {
      resolve()
      throw new Error('the database is closed')
    }
    return { release: resolve }
  }

  private async run(config: QueryConfig | string, values?: unknown[]): Promise<QueryReply> {
    const query = typeof config === 'string' ? { text: config } : config
    const parameters = (values ?? query.values ?? []).map(toParameter)
    const reply = await this.engine.query<(string | null)[]>(query.text, parameters, {
      rowMode: 'array',
      parsers: this.untouched,
    })
    const { fields } = reply
    const types: TypeParsers = query.types ?? pgTypes
    const parsers = fields.map((field): ParseText => types.getTypeParser(field.dataTypeID, 'text'))
    const rows = reply.rows.map((row) =>
      row.map((value, column) => (value === null ? null : (parsers[column]?.(value) ?? null))),
    )
    const rowCount = reply.affectedRows ?? rows.length
    if (query.rowMode === 'array') return { rows, rowCount, fields }
    const named = rows.map((row) =>
      Object.fromEntries(fields.map((field, column) => [field.name, row[column]])),
    )
    return { rows: named, rowCount, fields }
  }
}

// Promise.withResolvers came with Node 22.
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  const parts: { resolve?: () => void } = {}
  const promise = new Promise<void>((settle) => {
    parts.resolve = settle
  })
  return { promise, resolve: () => parts.resolve?.() }
}

// As pg writes parameters on the wire: text, with lists in Postgres' own notation.
function toParameter(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return toArrayLiteral(value)
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return `${value}`
  return JSON.stringify(value)
}

function toArrayLiteral(values: readonly unknown[]): string {
  const items = values.map((value) => {
    if (Array.isArray(value)) return toArrayLiteral(value)
    const text = toParameter(value)
    return text === null ? 'NULL' : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  })
  return `{${items.join(',')}}`
}
