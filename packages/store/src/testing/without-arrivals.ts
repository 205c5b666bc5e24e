import { createPrivacyClassifier } from '@clew/semconv/attributes'
import { Arrivals } from '../arrivals/arrivals.ts'
import type { Store } from '../store.ts'

/** The store as a process sees it that others write to. */
export function withoutArrivals(store: Store): Store {
  return { ...store, arrivals: new Arrivals({ isComplete: false, classOf: createPrivacyClassifier() }) }
}
