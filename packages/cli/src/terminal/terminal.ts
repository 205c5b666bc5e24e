import type { CliEnvironment } from '../config.ts'

/** Where output goes: a stream of the process, or a test's. */
export interface Sink {
  write(text: string): unknown
  isTTY?: boolean | undefined
  columns?: number | undefined
  rows?: number | undefined
}

/** What is known of the place that people read in. */
export interface Terminal {
  /** True where lines may be drawn again and colours shown. */
  isInteractive: boolean
  hasColor: boolean
  /** Read anew each time: people resize their windows. */
  width(): number
  height(): number
  write(text: string): void
  line(text?: string): void
  /** For what is no result: notes and errors. */
  note(text: string): void
}

const widthStandard = 80
const widthMin = 40

/** A terminal on two sinks. Without a TTY lines have the full width of what they say, or that of COLUMNS. */
export function openTerminal(options: {
  stdout: Sink
  stderr: Sink
  environment: CliEnvironment
  noColor: boolean
}): Terminal {
  const { stdout, stderr, environment } = options
  const isInteractive = stdout.isTTY === true && !environment.isDumb
  const hasColor = !options.noColor && !environment.noColor && (environment.forceColor || isInteractive)
  return {
    isInteractive,
    hasColor,
    width: () =>
      Math.max(widthMin, environment.columns ?? (isInteractive ? (stdout.columns ?? widthStandard) : 100)),
    height: () => stdout.rows ?? 24,
    write: (text) => void stdout.write(text),
    line: (text = '') => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
  }
}
