import { CliError } from '../cli-error.ts'

/** The app is not one that `clew instrument` can set up; nothing was written. */
export function notUnderstood(message: string): CliError {
  return new CliError({ exit: 'notUnderstood', message })
}
