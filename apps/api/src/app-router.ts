import { agentsRouter } from './routers/agents.ts'
import { auditRouter } from './routers/audit.ts'
import { chatsRouter } from './routers/chats.ts'
import { feedRouter } from './routers/feed.ts'
import { instrumentationRouter } from './routers/instrumentation.ts'
import { keysRouter } from './routers/keys.ts'
import { meRouter } from './routers/me.ts'
import { membersRouter } from './routers/members.ts'
import { pricesRouter } from './routers/prices.ts'
import { privacyRouter } from './routers/privacy.ts'
import { projectsRouter } from './routers/projects.ts'
import { retentionRouter } from './routers/retention.ts'
import { runsRouter } from './routers/runs.ts'
import { scoresRouter } from './routers/scores.ts'
import { sessionsRouter } from './routers/sessions.ts'
import { setupRouter } from './routers/setup.ts'
import { systemRouter } from './routers/system.ts'
import { tasksRouter } from './routers/tasks.ts'
import { router } from './trpc/trpc.ts'

export const appRouter = router({
  agents: agentsRouter,
  audit: auditRouter,
  chats: chatsRouter,
  feed: feedRouter,
  instrumentation: instrumentationRouter,
  keys: keysRouter,
  me: meRouter,
  members: membersRouter,
  prices: pricesRouter,
  privacy: privacyRouter,
  projects: projectsRouter,
  retention: retentionRouter,
  runs: runsRouter,
  scores: scoresRouter,
  sessions: sessionsRouter,
  setup: setupRouter,
  system: systemRouter,
  tasks: tasksRouter,
})

export type AppRouter = typeof appRouter
