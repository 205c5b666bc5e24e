import type { ExitName } from './exit-codes.ts'

/** An outcome that ends the command, with words for the person and a code for the script. */
export class CliError extends Error {
  readonly exit: ExitName

  constructor(options: { exit: ExitName; message: string }) {
    super(options.message)
    this.name = 'CliError'
    this.exit = options.exit
  }
}
