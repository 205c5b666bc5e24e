import { createClewClient } from '@clew/client'
import { z } from 'zod'
import packageJson from '../package.json' with { type: 'json' }
import type { CliContext } from './cli-context.ts'
import { CliError } from './cli-error.ts'
import { commands } from './commands.ts'
import type { CliEnvironment } from './config.ts'
import { readCredentials } from './credentials.ts'
import { describeAll, describeOne } from './describe-usage.ts'
import { exitCodes } from './exit-codes.ts'
import { findCommand, parseCommand } from './parse-command.ts'
import type { ParsedCommand } from './parse-command.ts'
import { openTerminal, type Sink, type Terminal } from './terminal/terminal.ts'
import { toCliError } from './to-cli-error.ts'

export interface CliOptions {
  /** What was typed after `clew`. */
  argv: readonly string[]
  environment: CliEnvironment
  stdout: Sink
  stderr: Sink
  stdin: CliContext['stdin']
  /** Aborts when the person interrupts. */
  signal: AbortSignal
  clock?: () => number
}

const urlStandard = 'http://127.0.0.1:4000'

const common = z.object({
  json: z.boolean().default(false),
  url: z.url().optional(),
  token: z.string().min(1).optional(),
  project: z.string().min(1).optional(),
  quiet: z.boolean().default(false),
  'no-color': z.boolean().default(false),
})

/** Runs one command line and gives its exit code; the one place where its failures become words. */
export async function runCli(options: CliOptions): Promise<number> {
  const { argv, environment, stdout, stderr } = options
  const noColor = argv.includes('--no-color')
  const terminal = openTerminal({ stdout, stderr, environment, noColor })
  if (answerAboutItself({ argv, terminal })) return exitCodes.completed.code
  let url = environment.url ?? urlStandard
  try {
    const parsed = parseCommand(commands, argv)
    const context = await openContext({ options, parsed, terminal })
    url = context.url
    return exitCodes[await parsed.command.run(context, parsed.typed)].code
  } catch (thrown) {
    if (options.signal.aborted) return exitCodes.interrupted.code
    return report({ thrown, url, terminal, argv })
  }
}

function answerAboutItself({ argv, terminal }: { argv: readonly string[]; terminal: Terminal }): boolean {
  if (argv.includes('--version')) {
    terminal.line(packageJson.version)
    return true
  }
  const asked = argv.includes('--help') || argv.includes('-h') || argv[0] === 'help'
  if (!asked) return false
  const command = findCommand(commands, argv[0] === 'help' ? argv.slice(1) : argv)
  terminal.write(command === undefined ? describeAll(commands) : describeOne(command))
  return true
}

async function openContext(args: {
  options: CliOptions
  parsed: ParsedCommand
  terminal: Terminal
}): Promise<CliContext> {
  const { options, parsed, terminal } = args
  const { environment, signal, stdin, clock = Date.now } = options
  const flags = common.parse(parsed.common)
  const kept = await readCredentials(environment.credentialsFile)
  const url = (flags.url ?? environment.url ?? kept.url ?? urlStandard).replace(/\/+$/, '')
  // A key that was kept for one server is not shown to another.
  const keptToken = kept.url === undefined || kept.url === url ? kept.token : undefined
  const token = flags.token ?? environment.token ?? keptToken
  const project = flags.project ?? environment.project ?? kept.project
  const client = createClewClient({ baseUrl: url, ...(token === undefined ? {} : { token }) })
  let found: Promise<NamedProject> | undefined
  const findOnce = () => (found ??= findProject({ client, project }))
  return {
    terminal,
    environment,
    isJson: flags.json,
    isQuiet: flags.quiet,
    url,
    token,
    project,
    client,
    projectId: async () => (await findOnce()).id,
    projectSlug: async () => (await findOnce()).slug,
    json: (value) => terminal.line(JSON.stringify(value)),
    signal,
    clock,
    stdin,
  }
}

interface NamedProject {
  id: string
  slug: string
}

async function findProject({
  client,
  project,
}: Pick<CliContext, 'client' | 'project'>): Promise<NamedProject> {
  const projects = await client.projects.list.query()
  if (project !== undefined) {
    const named = projects.find(({ id, slug }) => id === project || slug === project)
    if (named !== undefined) return named
    throw new CliError({ exit: 'notFound', message: `there is no project "${project}"` })
  }
  const [only, ...others] = projects
  if (only === undefined) throw new CliError({ exit: 'noAccess', message: 'this key reads no project' })
  if (others.length === 0) return only
  const slugs = projects.map(({ slug }) => slug).join(', ')
  throw new CliError({ exit: 'usage', message: `say which project with --project: ${slugs}` })
}

function report(args: { thrown: unknown; url: string; terminal: Terminal; argv: readonly string[] }): number {
  const { thrown, url, terminal, argv } = args
  const error = thrown instanceof z.ZodError ? toUsageError(thrown) : toCliError(thrown, { url })
  if (error === undefined) {
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    terminal.note(`clew: a mistake of ours: ${text}`)
    return exitCodes.bug.code
  }
  terminal.note(`clew: ${error.message}`)
  const command = findCommand(commands, argv)
  if (error.exit === 'usage') {
    terminal.note(
      command === undefined ? '`clew --help` lists the verbs.' : (describeOne(command).split('\n')[0] ?? ''),
    )
  }
  if (error.exit === 'noAccess')
    terminal.note('`clew login` keeps an API key; CLEW_TOKEN gives one for once.')
  return exitCodes[error.exit].code
}

function toUsageError(error: z.ZodError): CliError {
  const [issue] = error.issues
  const where = issue?.path.join('.') ?? ''
  const message = issue?.message ?? 'not valid'
  return new CliError({ exit: 'usage', message: where === '' ? message : `${where}: ${message}` })
}
