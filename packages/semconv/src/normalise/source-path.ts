/** Where a field came from: the raw key, and the rule that read it. */
export interface Source {
  key: string
  rule?: string
}

/** One note, and through `before` all notes of a span that came before it. */
export interface SourceStep {
  readonly before: SourceStep | undefined
  readonly field: string
  readonly key: string
  readonly rule: string
  readonly next: SourceStep[]
  sources: SourceMap | undefined
}

export type SourceMap = Readonly<{ [field: string]: string }>

/** Event names and numbered keys are foreign; there is no end to them. */
const stepsMax = 20_000
const siblingsMax = 40

/**
 * Remembers series of notes. An emitter's spans repeat few of them, so each is a path that is walked again, and the
 * spans at the end of one path share one object, which whoever writes them can tell by its identity.
 */
export class SourcePaths {
  private first = createStep(undefined, '', '', '')
  private steps = 0

  /** Where a span without notes stands. */
  start(): SourceStep {
    if (this.steps > stepsMax) {
      this.first = createStep(undefined, '', '', '')
      this.steps = 0
    }
    return this.first
  }

  step(from: SourceStep, field: string, { key, rule = 'direct' }: Source): SourceStep {
    const { next } = from
    for (const step of next) {
      if (step.key === key && step.field === field && step.rule === rule) return step
    }
    const step = createStep(from, field, key, rule)
    if (next.length < siblingsMax) {
      next.push(step)
      this.steps += 1
    }
    return step
  }
}

/** The note that stands for a field: the last, where it was noted again. */
export function findSource(last: SourceStep, field: string): SourceStep | undefined {
  for (let step: SourceStep | undefined = last; step !== undefined; step = step.before) {
    if (step.field === field) return step
  }
  return undefined
}

/** All notes up to a step, as `key#rule` by field. */
export function sourcesUpTo(last: SourceStep): SourceMap {
  if (last.sources !== undefined) return last.sources
  const steps: SourceStep[] = []
  for (let step = last; step.before !== undefined; step = step.before) steps.push(step)
  const sources: { [field: string]: string } = {}
  for (const { field, key, rule } of steps.toReversed()) sources[field] = `${key}#${rule}`
  last.sources = sources
  return sources
}

function createStep(before: SourceStep | undefined, field: string, key: string, rule: string): SourceStep {
  return { before, field, key, rule, next: [], sources: undefined }
}
