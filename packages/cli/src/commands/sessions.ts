import { toEpochMs } from '@clew/domain'
import { formatCount, formatMoment, formatMoney, totalTokens } from '@clew/domain/format'
import { readableText } from '@clew/domain/story'
import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { limitFlag, limitInput } from '../limit.ts'
import { drawTable } from '../terminal/table.ts'

export const sessions = defineCommand({
  words: 'sessions',
  says: 'chats, the latest first',
  flags: {
    limit: limitFlag,
    cursor: { takes: 'value', says: 'go on where the last page ended' },
  },
  input: z.object({ limit: limitInput, cursor: z.string().optional() }),
  run: async (context, { limit, cursor }) => {
    const { client, terminal, isJson, clock } = context
    const page = await client.sessions.list.query({
      projectId: await context.projectId(),
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    })
    if (isJson) {
      context.json(page)
      return 'completed'
    }
    const rows = page.items.map((session) => {
      const tokens = totalTokens(session.usage)
      return [
        session.sessionId,
        formatMoment(toEpochMs(session.lastTimeUnixNano), clock()),
        formatCount(session.runCount),
        session.runningCount > 0
          ? { text: 'running', tone: 'run' as const }
          : {
              text: session.errorCount > 0 ? 'x errors' : 'ok',
              tone: session.errorCount > 0 ? ('fail' as const) : ('plain' as const),
            },
        readableText(session.firstInputPreview ?? ''),
        tokens === undefined ? '' : formatCount(tokens),
        (session.cost && formatMoney(session.cost)) ?? '',
      ]
    })
    const columns = [
      { title: 'session' },
      { title: 'last' },
      { title: 'turns', side: 'right' as const },
      { title: 'status' },
      { title: 'asked first', isFlexible: true },
      { title: 'tokens', side: 'right' as const, isOptional: true },
      { title: 'cost', side: 'right' as const, isOptional: true },
    ]
    for (const line of rows.length === 0 ? ['no sessions'] : drawTable({ terminal, columns, rows })) {
      terminal.line(line)
    }
    if (page.nextCursor !== undefined) terminal.note(`more with --cursor ${page.nextCursor}`)
    return 'completed'
  },
})
