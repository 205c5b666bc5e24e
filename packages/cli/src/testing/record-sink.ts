import type { Sink } from '../terminal/terminal.ts'

/** A place that keeps what is written, as a terminal of the given size or as a pipe. */
export function recordSink(size?: { columns: number; rows: number }): Sink & { text: () => string } {
  let written = ''
  return {
    ...(size === undefined ? {} : { isTTY: true, ...size }),
    write: (text) => {
      written += text
    },
    text: () => written,
  }
}
