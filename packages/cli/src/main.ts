import { readCliEnvironment } from './config.ts'
import { runCli } from './run-cli.ts'

const interruption = new AbortController()
process.once('SIGINT', () => interruption.abort())
process.once('SIGTERM', () => interruption.abort())
// A reader such as `head` that has seen enough closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 74)
})

const { stdout, stderr, stdin } = process
const code = await runCli({
  argv: process.argv.slice(2),
  environment: readCliEnvironment(),
  stdout,
  stderr,
  stdin,
  signal: interruption.signal,
})
// What is still open, such as a kept-alive connection, must not hold the shell.
stdout.write('', () => process.exit(code))
