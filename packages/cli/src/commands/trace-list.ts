import { toEpochMs } from '@clew/domain'
import type { RunSummary } from '@clew/domain'
import { parseFilterText } from '@clew/domain/filter-text'
import { formatCount, formatDuration, formatMoment, formatMoney, totalTokens } from '@clew/domain/format'
import { z } from 'zod'
import type { CliContext } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'
import { defineCommand, followFlag } from '../command.ts'
import { limitFlag, limitInput } from '../limit.ts'
import { drawTable } from '../terminal/table.ts'
import type { Cell } from '../terminal/table.ts'

export const traceList = defineCommand({
  words: 'trace list',
  says: 'runs, the newest first; with -f each run as it changes',
  operands: [
    {
      name: 'filter',
      isOptional: true,
      says: 'as in the runs page, one word: "agent:support status:error duration>5s lost"',
    },
  ],
  flags: {
    limit: limitFlag,
    cursor: { takes: 'value', says: 'go on where the last page ended' },
    follow: followFlag,
  },
  input: z.object({
    filter: z.string().default(''),
    limit: limitInput,
    cursor: z.string().optional(),
    follow: z.boolean().default(false),
  }),
  run: async (context, { filter: text, limit, cursor, follow }) => {
    const { client, terminal, isJson } = context
    const projectId = await context.projectId()
    const page = await client.runs.list.query({
      projectId,
      filter: toFilter(text),
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    })
    if (follow) return followList(context, { projectId, runs: page.items })
    if (isJson) context.json(page)
    else if (page.items.length === 0) terminal.line('no runs')
    else for (const line of drawRuns(context, page.items)) terminal.line(line)
    if (!isJson && page.nextCursor !== undefined) {
      terminal.note(`more with --cursor ${page.nextCursor}`)
    }
    return 'completed'
  },
})

function toFilter(text: string) {
  const { conditions, words } = parseFilterText(text)
  return {
    scope: 'root' as const,
    ...(conditions.length === 0 ? {} : { where: { and: conditions } }),
    ...(words === '' ? {} : { text: words }),
  }
}

/** Prints what is there, oldest first, then each run again whenever it has changed; ends by an interrupt. */
async function followList(
  context: CliContext,
  { projectId, runs }: { projectId: string; runs: readonly RunSummary[] },
): Promise<never> {
  const { client, terminal, isJson, signal } = context
  const [head = '', ...lines] = drawRuns(context, runs.toReversed())
  if (!isJson) for (const line of [head, ...lines]) terminal.line(line)
  return await new Promise<never>((_, reject) => {
    client.feed.events.subscribe(
      { projectId },
      {
        signal,
        onData: ({ data }) => {
          for (const run of data.runs) {
            if (isJson) context.json(run)
            else terminal.line(drawRuns(context, [run])[1] ?? '')
          }
        },
        onError: reject,
      },
    )
    signal.addEventListener('abort', () =>
      reject(new CliError({ exit: 'interrupted', message: 'interrupted' })),
    )
  })
}

function drawRuns({ terminal, clock }: CliContext, runs: readonly RunSummary[]): string[] {
  return drawTable({
    terminal,
    columns: [
      { title: 'id' },
      { title: 'status' },
      { title: 'started' },
      { title: 'agent' },
      { title: 'asked', isFlexible: true },
      { title: 'took', side: 'right' },
      { title: 'tokens', side: 'right' },
      { title: 'cost', side: 'right' },
    ],
    rows: runs.map((run) => {
      const tokens = totalTokens(run.usage)
      return [
        run.traceId.slice(0, 8),
        statusCell(run),
        formatMoment(toEpochMs(run.startTimeUnixNano), clock()),
        run.agents[0] ?? '',
        run.inputPreview ?? run.name,
        run.status === 'running' ? '...' : formatDuration(Number(BigInt(run.durationNs) / 1000n) / 1000),
        tokens === undefined ? '' : formatCount(tokens),
        (run.cost && formatMoney(run.cost)) ?? '',
      ]
    }),
  })
}

function statusCell({ status, hasError }: RunSummary): Cell {
  switch (status) {
    case 'error':
      return { text: 'x failed', tone: 'fail' }
    case 'lost':
      return { text: '! lost', tone: 'warn' }
    case 'running':
      return { text: 'running', tone: 'run' }
    case 'ok':
    case 'unset':
      return { text: hasError ? 'ok, errors inside' : 'ok' }
  }
}
