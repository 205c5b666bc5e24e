import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { z } from 'zod'
import { CliError } from '../cli-error.ts'
import { defineCommand } from '../command.ts'
import { childEnvironment } from '../config.ts'
import type { ExitName } from '../exit-codes.ts'

const serverBin = 'clew-standalone'

export const up = defineCommand({
  words: 'up',
  says: 'starts Clew: everything in one process, on one port',
  flags: {
    port: { takes: 'value', says: 'instead of CLEW_PORT' },
    'data-dir': { takes: 'value', says: 'instead of CLEW_DATA_DIR' },
  },
  input: z.object({
    port: z
      .string()
      .regex(/^\d{1,5}$/, 'should be a port')
      .optional(),
    'data-dir': z.string().min(1).optional(),
  }),
  run: async ({ environment, signal }, { port, 'data-dir': dataDir }) => {
    const { standalone } = environment
    const [file, args] = standalone === undefined ? [serverBin, []] : [process.execPath, [standalone]]
    const child = spawn(file, args, {
      stdio: 'inherit',
      env: childEnvironment({
        UV_THREADPOOL_SIZE: '16',
        ...(port === undefined ? {} : { CLEW_PORT: port }),
        ...(dataDir === undefined ? {} : { CLEW_DATA_DIR: dataDir }),
      }),
    })
    // A terminal interrupts the server itself; a signal to this process alone has to be passed on.
    signal.addEventListener('abort', () => child.kill('SIGTERM'))
    return await new Promise<ExitName>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        const message =
          error.code === 'ENOENT'
            ? `${serverBin} is not on the path; in a checkout \`npm run clew -- up\` builds and starts it`
            : error.message
        reject(new CliError({ exit: 'away', message }))
      })
      child.once('close', (code, killed) => {
        const isStopped = killed !== null && constants.signals[killed] !== undefined
        if (code === 0 || isStopped) resolve('completed')
        else reject(new CliError({ exit: 'away', message: `the server ended with code ${String(code)}` }))
      })
    })
  },
})
