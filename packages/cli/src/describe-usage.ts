import { commonFlags } from './command.ts'
import type { Command, Flag } from './command.ts'
import { exitCodes } from './exit-codes.ts'

/** The verb as one types it: `clew task get <id> [-f]`. */
export function synopsisOf(command: Command): string {
  const operands = command.operands.map(({ name, isOptional }) => (isOptional ? `[${name}]` : `<${name}>`))
  const flags = Object.entries(command.flags).map(([name, flag]) => {
    const spelled = flag.short === undefined ? `--${name}` : `-${flag.short}`
    return `[${spelled}${flag.takes === 'value' ? ` <${name}>` : ''}]`
  })
  return ['clew', ...command.words, ...operands, ...flags].join(' ')
}

/** All verbs, what every one of them takes, and the exit codes. */
export function describeAll(commands: readonly Command[]): string {
  const lines = commands.map((command) => [synopsisOf(command), command.says] as const)
  return [
    'clew, the terminal face of Clew',
    '',
    ...lines.flatMap(([synopsis, says]) => [`  ${synopsis}`, `      ${says}`]),
    '',
    'Everywhere',
    ...describeFlags(commonFlags),
    '',
    'Exit codes',
    ...Object.values(exitCodes).map(({ code, says }) => `  ${String(code).padStart(3)}  ${says}`),
    '',
  ].join('\n')
}

/** One verb. */
export function describeOne(command: Command): string {
  const operands = command.operands.map(({ name, says }) => `  ${name.padEnd(16)}  ${says}`)
  return [
    synopsisOf(command),
    command.says,
    '',
    ...operands,
    ...describeFlags({ ...command.flags, ...commonFlags }),
    '',
  ].join('\n')
}

function describeFlags(flags: Readonly<Record<string, Flag>>): string[] {
  return Object.entries(flags).map(([name, { short, says, takes }]) => {
    const spelled = `${short === undefined ? '' : `-${short}, `}--${name}${takes === 'value' ? ' <…>' : ''}`
    return `  ${spelled.padEnd(16)}  ${says}`
  })
}
