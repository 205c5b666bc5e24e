/** The right to be worked on; it must be ended. */
export interface Turn {
  /** Claims what the work turned out to need besides; false, and nothing claimed, when it does not fit. */
  grow(bytes: number): boolean
  end(): void
}

export interface FairTurnsOptions {
  /** Of all turns under way; one that is alone may be larger. */
  bytesMax: number
  /** Whoever waits longer is sent away. */
  waitMs: number
}

interface Waiting {
  bytes: number
  resolve: (turn: Turn | undefined) => void
  timer: NodeJS.Timeout
}

interface Line {
  waiting: Waiting[]
  /** How far, in bytes of work, this project was served. */
  servedUntil: number
}

/**
 * Hands out turns by project: the one that was served least is next, so that a project with one request waits
 * for one request of each other and never behind a flood. Invariant: `served` is how far the project was served
 * that had the last turn, and nobody's arrears reach behind it.
 */
export class FairTurns {
  private readonly options: FairTurnsOptions
  private readonly lines = new Map<string, Line>()
  private served = 0
  private usedBytes = 0

  constructor(options: FairTurnsOptions) {
    this.options = options
  }

  /** Resolves with a turn, or with nothing after too long a wait. */
  take(project: string, bytes: number): Promise<Turn | undefined> {
    return new Promise((resolve) => {
      const line = this.lines.get(project) ?? { waiting: [], servedUntil: this.served }
      this.lines.set(project, line)
      const timer = setTimeout(() => {
        line.waiting.splice(line.waiting.indexOf(waiting), 1)
        resolve(undefined)
        this.advance()
      }, this.options.waitMs)
      const waiting: Waiting = { bytes, resolve, timer }
      line.waiting.push(waiting)
      this.advance()
    })
  }

  private advance(): void {
    for (let line = this.next(); line !== undefined; line = this.next()) {
      const [first] = line.waiting
      if (first === undefined || (this.usedBytes > 0 && !this.fits(first.bytes))) return
      line.waiting.shift()
      clearTimeout(first.timer)
      this.served = this.startOf(line)
      line.servedUntil = this.served + first.bytes
      first.resolve(this.begin(line, first.bytes))
    }
  }

  /** The line whose first has the earliest start; lines that nobody needs to remember are dropped on the way. */
  private next(): Line | undefined {
    let next: Line | undefined
    for (const [project, line] of this.lines) {
      if (line.waiting.length === 0) {
        if (line.servedUntil <= this.served) this.lines.delete(project)
      } else if (next === undefined || this.startOf(line) < this.startOf(next)) next = line
    }
    return next
  }

  private startOf(line: Line): number {
    return Math.max(this.served, line.servedUntil)
  }

  private fits(bytes: number): boolean {
    return this.usedBytes + bytes <= this.options.bytesMax
  }

  private begin(line: Line, bytes: number): Turn {
    let held = bytes
    this.usedBytes += bytes
    return {
      grow: (more) => {
        const isAlone = this.usedBytes === held
        if (!isAlone && !this.fits(more)) return false
        this.usedBytes += more
        line.servedUntil += more
        held += more
        return true
      },
      end: () => {
        this.usedBytes -= held
        held = 0
        this.advance()
      },
    }
  }
}
