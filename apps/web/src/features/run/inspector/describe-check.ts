import type { SpanCheck } from '@clew/semconv/span'

/** In one sentence, what a span's numbers contradict. */
export function describeCheck({ rule, expected, found }: SpanCheck): string {
  switch (rule) {
    case 'input-parts':
      return `Input is ${found}, but its uncached part and the cache make ${expected}.`
    case 'output-parts':
      return `Output is ${found}, but its reasoning alone is ${expected}.`
    case 'sent-total':
      return `The total sent is ${found}, but input and output make ${expected}.`
    case 'guessed-basis':
      return `Input was sent as ${found}, less than its cache; taken as ${expected}, with the cache.`
  }
}
