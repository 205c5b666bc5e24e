import type { RunSummary } from '@clew/domain'
import { parseFilterText } from '@clew/domain/filter-text'
import { z } from 'zod'
import { defineCommand, followFlag } from '../command.ts'
import { followList } from '../follow-list.ts'
import { limitFlag, limitInput } from '../limit.ts'
import { drawRuns } from '../views/draw-runs.ts'

/** Among so many of the newest runs that fit the filter those are looked for that changed. */
const pickMax = 100

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
    const { client, terminal, isJson, clock } = context
    const projectId = await context.projectId()
    const filter = toFilter(text)
    const page = await client.runs.list.query({
      projectId,
      filter,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    })
    const pick = async (changed: readonly RunSummary[]) => {
      if (text === '') return changed
      const ids = new Set(changed.map(({ traceId }) => traceId))
      const { items } = await client.runs.list.query({ projectId, filter, limit: pickMax })
      return items.filter(({ traceId }) => ids.has(traceId))
    }
    if (follow) return followList(context, { projectId, runs: page.items, pick })
    if (isJson) context.json(page)
    else if (page.items.length === 0) terminal.line('no runs')
    else for (const line of drawRuns({ terminal, runs: page.items, nowMs: clock() })) terminal.line(line)
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
