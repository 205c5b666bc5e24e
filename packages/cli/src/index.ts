export type { CliEnvironment } from './config.ts'
export { runCli } from './run-cli.ts'
export type { CliOptions } from './run-cli.ts'
export type { Sink } from './terminal/terminal.ts'
