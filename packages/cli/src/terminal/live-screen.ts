import type { Terminal } from './terminal.ts'

/** A line with an identity: once it is final it is printed for good. */
export interface ScreenLine {
  key: string
  text: string
  isFinal: boolean
}

const clearBelow = '\u001b[J'

/**
 * Lines that grow while they are watched. Invariant: what is final is printed once, in order, and never moves; only
 * what still changes is drawn again, below it. Without an interactive terminal only final lines are printed.
 */
export class LiveScreen {
  readonly #terminal: Terminal
  readonly #printed = new Set<string>()
  #drawn = 0

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** `tail` is the line that says how things stand; it is never final. */
  show(lines: readonly ScreenLine[], tail: readonly string[] = []): void {
    const { isInteractive } = this.#terminal
    const open: string[] = []
    let output = ''
    for (const line of lines) {
      if (this.#printed.has(line.key)) continue
      // A line may be final while one above it is not: it waits, so that the order stays.
      if (line.isFinal && open.length === 0) {
        this.#printed.add(line.key)
        output += `${line.text}\n`
      } else open.push(line.text)
    }
    if (!isInteractive) {
      if (output !== '') this.#terminal.write(output)
      return
    }
    const room = Math.max(1, this.#terminal.height() - 1 - tail.length)
    const shown = [...open.slice(-room), ...tail]
    const erase = this.#drawn > 0 ? `\u001b[${this.#drawn}A\r${clearBelow}` : ''
    const below = shown.map((text) => `${text}\n`).join('')
    this.#terminal.write(erase + output + below)
    this.#drawn = shown.length
  }

  /** Prints a note among the final lines. */
  note(text: string): void {
    if (!this.#terminal.isInteractive) return this.#terminal.note(text)
    const erase = this.#drawn > 0 ? `\u001b[${this.#drawn}A\r${clearBelow}` : ''
    this.#drawn = 0
    this.#terminal.write(`${erase}${text}\n`)
  }

  /** Prints everything that is left, final or not, and ends. */
  finish(lines: readonly ScreenLine[]): void {
    this.show(lines.map((line) => ({ ...line, isFinal: true })))
  }
}
