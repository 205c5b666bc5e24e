import type { Command } from './command.ts'
import { agents } from './commands/agents.ts'
import { doctor } from './commands/doctor.ts'
import { instrument } from './commands/instrument.ts'
import { keys, keysCreate, keysLimit, keysRevoke } from './commands/keys.ts'
import { login } from './commands/login.ts'
import { sessions } from './commands/sessions.ts'
import { spanGet } from './commands/span-get.ts'
import { taskGet } from './commands/task-get.ts'
import { taskLogs } from './commands/task-logs.ts'
import { traceGet } from './commands/trace-get.ts'
import { traceList } from './commands/trace-list.ts'
import { up } from './commands/up.ts'

/** Every verb, in the order of the help. */
export const commands: readonly Command[] = [
  up,
  traceList,
  traceGet,
  spanGet,
  taskGet,
  taskLogs,
  agents,
  sessions,
  keys,
  keysCreate,
  keysLimit,
  keysRevoke,
  login,
  doctor,
  instrument,
]
