import { StoreError } from '@clew/store'
import { ApiError } from './api-error.ts'

/** What a caller may be told of something thrown; undefined for what is a bug of ours. */
export function toApiError(thrown: unknown): ApiError | undefined {
  if (thrown instanceof ApiError) return thrown
  if (!StoreError.isInstance(thrown)) return undefined
  const { code, message } = thrown.failure
  switch (code) {
    case 'invalid':
      return new ApiError({ code, message })
    case 'unavailable':
      return new ApiError({ code: 'unavailable', message: 'The store cannot be reached; try again shortly' })
    case 'timeout':
      return new ApiError({ code: 'timeout', message: 'The store took too long; ask for a shorter time' })
    case 'rejected':
      return undefined
  }
}
