import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Readable, Writable } from 'node:stream'
import { z } from 'zod'
import type { CliContext } from '../cli-context.ts'
import { defineCommand } from '../command.ts'
import { findPackageManager, readManifest } from '../instrument/app-manifest.ts'
import type { PackageManager } from '../instrument/app-manifest.ts'
import { notUnderstood } from '../instrument/not-understood.ts'
import { planApp } from '../instrument/plan-app.ts'
import { planEnvironment } from '../instrument/plan-environment.ts'
import type { EnvironmentPlan } from '../instrument/plan-environment.ts'
import { planNext } from '../instrument/plan-next.ts'
import type { PlannedChange, SetupPlan } from '../instrument/setup-plan.ts'
import { toUnifiedDiff } from '../instrument/unified-diff.ts'
import { writeFiles } from '../instrument/write-files.ts'
import { plain, style } from '../terminal/style.ts'
import type { Terminal } from '../terminal/terminal.ts'

const addCommands: Readonly<Record<PackageManager, string>> = {
  npm: 'npm install @clew/sdk',
  pnpm: 'pnpm add @clew/sdk',
  yarn: 'yarn add @clew/sdk',
  bun: 'bun add @clew/sdk',
}

export const instrument = defineCommand({
  words: 'instrument',
  says: 'writes the set-up of @clew/sdk into an app, after showing it',
  operands: [{ name: 'folder', isOptional: true, says: 'where its package.json is; here when absent' }],
  flags: {
    'dry-run': { takes: 'nothing', says: 'show what would be written and write nothing' },
    yes: { takes: 'nothing', short: 'y', says: 'write without asking' },
    entry: { takes: 'value', says: 'the file with which the app starts, where it is not found' },
    key: { takes: 'value', says: 'a key with the scope ingest, for an .env that git ignores' },
  },
  input: z.object({
    folder: z.string().min(1).default('.'),
    'dry-run': z.boolean().default(false),
    yes: z.boolean().default(false),
    entry: z.string().min(1).optional(),
    key: z.string().regex(/^\S+$/, 'should be a key').optional(),
  }),
  run: async (context, { folder, 'dry-run': isDryRun, yes, entry, key }) => {
    const plan = await planAll(context, { folder, entry, key })
    if (plan.changes.length === 0) return tell(context, { plan, state: 'unchanged' })
    if (!context.isJson) show(context.terminal, plan.changes)
    if (isDryRun) return tell(context, { plan, state: 'planned' })
    if (!yes && !canAsk(context)) return tell(context, { plan, state: 'planned', isHinted: true })
    if (!yes && !(await ask(context))) {
      context.terminal.line('Nothing was written.')
      return 'interrupted'
    }
    await writeFiles(plan.changes).catch((error: unknown) => {
      throw notUnderstood(`nothing was written: ${error instanceof Error ? error.message : String(error)}`)
    })
    return tell(context, { plan, state: 'written' })
  },
})

interface WholePlan extends SetupPlan {
  environment: EnvironmentPlan
}

async function planAll(
  context: CliContext,
  given: { folder: string; entry: string | undefined; key: string | undefined },
): Promise<WholePlan> {
  const folder = await realpath(resolve(context.environment.folder, given.folder)).catch(() => {
    throw notUnderstood(`there is no folder ${given.folder}`)
  })
  const manifest = readManifest(folder)
  const packageManager = findPackageManager(folder, manifest)
  const isNext = 'next' in manifest.dependencies && given.entry === undefined
  const plan = await (isNext ? planNext : planApp)({ folder, manifest, entry: given.entry })
  // The SDK sends to this machine by itself.
  const endpoint = context.url === 'http://127.0.0.1:4000' ? undefined : context.url
  const environment = await planEnvironment({ folder, manifest, packageManager, endpoint, key: given.key })
  const isInstalled = '@clew/sdk' in manifest.dependencies
  return {
    ...plan,
    changes: [...plan.changes, ...(environment.change === undefined ? [] : [environment.change])],
    environment,
    byHand: [
      ...(isInstalled ? [] : [addCommands[packageManager]]),
      ...plan.byHand,
      ...(plan.changes.length > 0 || environment.change !== undefined ? environment.byHand : []),
    ],
  }
}

function show(terminal: Terminal, changes: readonly PlannedChange[]): void {
  for (const change of changes) {
    for (const line of plain(toDiff(change)).split('\n').slice(0, -1)) {
      const tone = /^(?:---|\+\+\+|@@)/.test(line)
        ? 'quiet'
        : line.startsWith('+')
          ? 'run'
          : line.startsWith('-')
            ? 'warn'
            : 'plain'
      terminal.line(style(terminal, tone, line))
    }
  }
}

/** What is told of a file; of one with secrets no value but our own, and of a key its last characters. */
function toDiff({ path, before, after, isSecret }: PlannedChange): string {
  const diff = toUnifiedDiff({ path, before, after })
  if (isSecret !== true) return diff
  return diff.replaceAll(
    /^([-+ ][^=\n]*?(\w+) *=)(.*)$/gm,
    (line: string, start: string, name: string, value: string) => {
      if (name === 'CLEW_OTLP_ENDPOINT') return line
      return `${start}…${name === 'CLEW_OTLP_TOKEN' ? value.slice(-4) : ''}`
    },
  )
}

function tell(
  context: CliContext,
  {
    plan,
    state,
    isHinted = false,
  }: { plan: WholePlan; state: 'planned' | 'written' | 'unchanged'; isHinted?: boolean },
): 'completed' {
  const { terminal } = context
  const { changes, entry, recorded, byHand, environment } = plan
  if (context.isJson) {
    const files = changes.map((change) => ({
      path: change.path,
      isNew: change.before === undefined,
      diff: toDiff(change),
    }))
    context.json({ state, entry, recorded, files, environment: environment.lines, byHand })
    return 'completed'
  }
  if (state === 'unchanged') terminal.line(`${entry} is set up already; nothing was changed.`)
  else {
    const names = changes.map(({ path }) => path).join(', ')
    terminal.line(state === 'written' ? `Written: ${names}` : `Not written: ${names}`)
    terminal.line(
      `Recorded: ${recorded.length === 0 ? 'what agentSpan and manualSpan are told; no library that the SDK knows is among the dependencies' : recorded.join(', ')}`,
    )
    terminal.line('Environment:')
    for (const line of environment.lines) terminal.line(`  ${line}`)
  }
  if (byHand.length > 0) terminal.line('Left to do:')
  for (const each of byHand) terminal.line(`  ${each}`)
  if (isHinted) terminal.note('clew: nobody can be asked here; --yes writes')
  return 'completed'
}

function canAsk({ stdin, terminal, isJson }: CliContext): boolean {
  return !isJson && stdin.isTTY === true && terminal.isInteractive && stdin instanceof Readable
}

async function ask({ stdin, terminal, signal }: CliContext): Promise<boolean> {
  if (!(stdin instanceof Readable)) return false
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      terminal.write(String(chunk))
      done()
    },
  })
  const lines = createInterface({ input: stdin, output })
  try {
    return /^y(?:es)?$/i.test((await lines.question('Write this? [y/N] ', { signal })).trim())
  } finally {
    lines.close()
  }
}
