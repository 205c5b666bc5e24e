import { formatCount } from '@clew/domain/format'

const steps = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const

/** `3 minutes`, `1 hour`; rounded to one unit, since a person reads it. */
export function durationInWords(ms: number): string {
  const step = steps.find((candidate) => ms >= 1.5 * candidate.ms) ?? { unit: 'second', ms: 1000 }
  return countInWords(Math.max(1, Math.round(ms / step.ms)), step.unit)
}

/** `1 span`, `1,204 spans`. */
export function countInWords(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `14:02` in UTC, which every reader can place. */
export function clockInWords(iso: string): string {
  return `${iso.slice(11, 16)} UTC`
}
