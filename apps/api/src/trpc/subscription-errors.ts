import { toApiError } from '../to-api-error.ts'
import { toTrpcError } from './trpc.ts'

/** Lets a failure inside a subscription reach its subscriber with the status of its code. */
export async function* subscriptionErrors<Item>(
  open: () => AsyncIterable<Item> | Promise<AsyncIterable<Item>>,
): AsyncGenerator<Item> {
  try {
    yield* await open()
  } catch (thrown) {
    const known = toApiError(thrown)
    throw known === undefined ? thrown : toTrpcError(known)
  }
}
