import { toEpochMs } from '@clew/domain'
import { formatAgo, formatAmount, formatCount, formatDuration, formatPercent } from '@clew/domain/format'
import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { drawTable } from '../terminal/table.ts'

export const agents = defineCommand({
  words: 'agents',
  says: 'the agents of the last seven days',
  input: z.object({}),
  run: async (context) => {
    const list = await context.client.agents.list.query({ projectId: await context.projectId() })
    if (context.isJson) {
      context.json(list)
      return 'completed'
    }
    const { terminal, clock } = context
    const rows = list.map((agent) => [
      agent.name,
      agent.versions.at(-1) ?? '',
      formatCount(agent.runCount),
      { text: agent.errorCount === 0 ? '' : `x ${formatCount(agent.errorCount)}`, tone: 'fail' as const },
      agent.successRate === undefined ? 'not recorded' : `${formatPercent(agent.successRate)} %`,
      agent.durationMsP95 === undefined ? '' : formatDuration(agent.durationMsP95),
      agent.costPerSuccess === undefined ? '' : formatAmount(agent.costPerSuccess),
      formatAgo(toEpochMs(agent.lastSeenUnixNano), clock()),
    ])
    const columns = [
      { title: 'agent', isFlexible: true },
      { title: 'version' },
      { title: 'runs', side: 'right' as const },
      { title: 'failed', side: 'right' as const },
      { title: 'success', side: 'right' as const },
      { title: 'p95', side: 'right' as const },
      { title: 'cost per success', side: 'right' as const, isOptional: true },
      { title: 'last seen' },
    ]
    for (const line of rows.length === 0 ? ['no agents'] : drawTable({ terminal, columns, rows })) {
      terminal.line(line)
    }
    return 'completed'
  },
})
