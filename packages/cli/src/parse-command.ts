import { parseArgs } from 'node:util'
import { CliError } from './cli-error.ts'
import { commonFlags } from './command.ts'
import type { Command, Flag } from './command.ts'

export interface ParsedCommand {
  command: Command
  /** Operands and flags of the command by name. */
  typed: Record<string, unknown>
  common: Record<string, unknown>
}

/** The verb that the words name, longest first; undefined when none does. */
export function findCommand(commands: readonly Command[], argv: readonly string[]): Command | undefined {
  const words = wordsOf(commands, argv)
  return commands
    .filter((command) => command.words.every((word, index) => words[index] === word))
    .toSorted((a, b) => b.words.length - a.words.length)[0]
}

/** Reads the command line; throws words about what is wrong with it. */
export function parseCommand(commands: readonly Command[], argv: readonly string[]): ParsedCommand {
  const command = findCommand(commands, argv)
  if (command === undefined) {
    const typed = wordsOf(commands, argv).slice(0, 2).join(' ')
    throw usage(typed === '' ? 'say what to do' : `there is no "clew ${typed}"`)
  }
  const flags = { ...commonFlags, ...command.flags }
  const { values, positionals } = parse({ argv, flags })
  const operands = positionals.slice(command.words.length)
  const [extra] = operands.slice(command.operands.length)
  if (extra !== undefined) throw usage(`"${extra}" is one word too many`)
  const typed: Record<string, unknown> = {}
  for (const [index, operand] of command.operands.entries()) {
    const value = operands[index]
    if (value !== undefined) typed[operand.name] = value
    else if (operand.isOptional !== true) throw usage(`<${operand.name}> is missing: ${operand.says}`)
  }
  const common: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    if (name in command.flags) typed[name] = value
    else common[name] = value
  }
  return { command, typed, common }
}

/** What was typed beside flags and their values, wherever the flags stand. */
function wordsOf(commands: readonly Command[], argv: readonly string[]): string[] {
  const flags = Object.assign({}, commonFlags, ...commands.map((command) => command.flags))
  return parseArgs({ args: [...argv], allowPositionals: true, strict: false, options: toOptions(flags) })
    .positionals
}

function toOptions(flags: Readonly<Record<string, Flag>>) {
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      {
        type: flag.takes === 'value' ? ('string' as const) : ('boolean' as const),
        ...(flag.short === undefined ? {} : { short: flag.short }),
      },
    ]),
  )
}

function parse(options: { argv: readonly string[]; flags: Readonly<Record<string, Flag>> }) {
  const { argv, flags } = options
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      strict: true,
      options: toOptions(flags),
    })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw usage(message.split('. ')[0] ?? message)
  }
}

function usage(message: string): CliError {
  return new CliError({ exit: 'usage', message })
}
