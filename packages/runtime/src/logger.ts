export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]
export type LogFormat = 'json' | 'human'

/** Scalars only, so that a payload can't be logged by accident; an error gives its message and code. */
export interface LogFields {
  [key: string]: string | number | boolean | Error | undefined
}

export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** A logger that adds the fields to every line. */
  child(fields: LogFields): Logger
}

export interface LoggerOptions {
  level: LogLevel
  format: LogFormat
  /** Takes one line with its line end; stderr by default. */
  write?: (line: string) => void
  clock?: () => number
  fields?: LogFields
}

const charactersMax = 500

/** One line an entry: JSON for machines, a short sentence for a terminal. */
export function createLogger(options: LoggerOptions): Logger {
  const write = options.write ?? ((line: string) => void process.stderr.write(line))
  const clock = options.clock ?? Date.now
  const threshold = logLevels.indexOf(options.level)
  const bound = options.fields ?? {}
  const log = (level: LogLevel, message: string, fields: LogFields = {}) => {
    if (logLevels.indexOf(level) < threshold) return
    const entry = { level, message, at: new Date(clock()), fields: { ...bound, ...fields } }
    write(options.format === 'json' ? toJsonLine(entry) : toHumanLine(entry))
  }
  return {
    debug: (message, fields) => log('debug', message, fields),
    info: (message, fields) => log('info', message, fields),
    warn: (message, fields) => log('warn', message, fields),
    error: (message, fields) => log('error', message, fields),
    child: (fields) => createLogger({ ...options, fields: { ...bound, ...fields } }),
  }
}

interface Entry {
  level: LogLevel
  message: string
  at: Date
  fields: LogFields
}

function toJsonLine({ level, message, at, fields }: Entry): string {
  const flat = Object.fromEntries(toScalars(fields))
  return `${JSON.stringify({ ...flat, time: at.toISOString(), level, message: cut(message) })}\n`
}

function toHumanLine({ level, message, at, fields }: Entry): string {
  const rest = toScalars(fields).map(([key, value]) => `${key}=${quote(value)}`)
  const mark = level === 'info' ? '' : `${level}: `
  return `${at.toTimeString().slice(0, 8)} ${[mark + cut(message), ...rest].join(' ')}\n`
}

function toScalars(fields: LogFields): [string, string | number | boolean][] {
  return Object.entries(fields).flatMap(([key, value]): [string, string | number | boolean][] => {
    if (value === undefined) return []
    if (value instanceof Error) return errorFields(key, value)
    return [[key, typeof value === 'string' ? cut(value) : value]]
  })
}

function errorFields(key: string, error: Error): [string, string][] {
  const fields: [string, string][] = [[key, cut(error.message || error.name)]]
  if ('code' in error && typeof error.code === 'string') fields.push([`${key}Code`, error.code])
  const frame = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '))
  if (frame !== undefined) fields.push([`${key}At`, cut(frame.trim().slice(3))])
  return fields
}

function cut(text: string): string {
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text
}

function quote(value: string | number | boolean): string {
  return typeof value === 'string' && /[\s"=]/.test(value) ? JSON.stringify(value) : String(value)
}
