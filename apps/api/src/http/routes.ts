import type { Route } from './route.ts'
import { chatRoutes } from './routes/chats.ts'
import { doctorRoutes } from './routes/doctor.ts'
import { nowRoutes } from './routes/now.ts'
import { scoreRoutes } from './routes/scores.ts'
import { taskRoutes } from './routes/tasks.ts'
import { traceRoutes } from './routes/traces.ts'

export const routes: readonly Route[] = [
  ...traceRoutes,
  ...taskRoutes,
  ...chatRoutes,
  ...nowRoutes,
  ...scoreRoutes,
  ...doctorRoutes,
]
