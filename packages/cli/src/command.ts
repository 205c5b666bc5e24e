import type { z } from 'zod'
import type { CliContext } from './cli-context.ts'
import type { ExitName } from './exit-codes.ts'

export interface Flag {
  /** Takes a value, or is said or not. */
  takes: 'value' | 'nothing'
  short?: string
  says: string
}

export interface Operand {
  name: string
  isOptional?: boolean
  says: string
}

/** One verb of the command line; the help and the README are made from the same fields. */
export interface Command {
  /** The words that name it, such as `task get`. */
  words: readonly string[]
  says: string
  operands: readonly Operand[]
  flags: Readonly<Record<string, Flag>>
  /** Checks what was typed and runs. */
  run: (context: CliContext, typed: Record<string, unknown>) => Promise<ExitName>
}

/** Ties the type of what was typed to the handler; keys of `input` are the operands and flags. */
export function defineCommand<Input extends z.ZodObject>(
  command: Omit<Command, 'run' | 'words' | 'operands' | 'flags'> & {
    words: string
    operands?: readonly Operand[]
    flags?: Readonly<Record<string, Flag>>
    input: Input
    run: (context: CliContext, input: z.output<Input>) => Promise<ExitName>
  },
): Command {
  const { words, operands = [], flags = {}, input, run, says } = command
  return {
    words: words.split(' '),
    says,
    operands,
    flags,
    run: async (context, typed) => run(context, input.parse(typed)),
  }
}

/** Flags that every verb takes. */
export const commonFlags: Readonly<Record<string, Flag>> = {
  json: { takes: 'nothing', says: 'JSON; one event a line while following' },
  url: { takes: 'value', says: 'where Clew answers; CLEW_URL, else http://127.0.0.1:4000' },
  token: { takes: 'value', says: 'an API key; CLEW_TOKEN, else what `clew login` keeps' },
  project: { takes: 'value', says: 'id or slug, for keys of several projects; CLEW_PROJECT' },
  quiet: { takes: 'nothing', short: 'q', says: 'the last line only' },
  'no-color': { takes: 'nothing', says: 'no colours; NO_COLOR does the same' },
  help: { takes: 'nothing', short: 'h', says: 'this text' },
}

export const followFlag: Flag = { takes: 'nothing', short: 'f', says: 'follow until the end' }
