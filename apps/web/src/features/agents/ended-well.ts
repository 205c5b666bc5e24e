import type { AgentSummary } from '@clew/domain'

/** The share of ended runs that did not fail; whether they reached their goal is another matter, `successRate`. */
export function toEndedWell(
  agent: Pick<AgentSummary, 'runCount' | 'runningCount' | 'errorCount'>,
): number | undefined {
  const ended = agent.runCount - agent.runningCount
  return ended <= 0 ? undefined : Math.max(0, ended - agent.errorCount) / ended
}
