import { TRPCClientError } from '@trpc/client'
import { z } from 'zod'
import { CliError } from './cli-error.ts'

const errorData = z.looseObject({ httpStatus: z.number().optional() })

/** What went wrong, as the person is told and as the script sees it; undefined for a bug of ours. */
export function toCliError(thrown: unknown, { url }: { url: string }): CliError | undefined {
  if (thrown instanceof CliError) return thrown
  if (thrown instanceof TRPCClientError) {
    const data = errorData.safeParse(thrown.data)
    const status = data.success ? data.data.httpStatus : undefined
    if (status === undefined) return awayFrom(url)
    return toStatusError({ status, message: thrown.message, url })
  }
  return isConnectionFailure(thrown) ? awayFrom(url) : undefined
}

/** An HTTP status of the API as an outcome. */
export function toStatusError(options: { status: number; message: string; url: string }): CliError {
  const { status, message, url } = options
  if (status === 401 || status === 403) return new CliError({ exit: 'noAccess', message })
  if (status === 404) return new CliError({ exit: 'notFound', message })
  if (status === 502 || status === 503 || status === 504) return awayFrom(url, message)
  if (status >= 400 && status < 500) return new CliError({ exit: 'usage', message })
  return new CliError({ exit: 'away', message: `${url} failed: ${message}` })
}

function awayFrom(url: string, why?: string): CliError {
  const reason = why === undefined ? 'does not answer' : `answers: ${why}`
  return new CliError({ exit: 'away', message: `${url} ${reason}. Is Clew running? \`clew up\` starts it.` })
}

/** What fetch throws when nobody listens, the name is unknown or the line is cut. */
function isConnectionFailure(thrown: unknown): boolean {
  return thrown instanceof TypeError && /fetch failed|network|terminated/i.test(thrown.message)
}
