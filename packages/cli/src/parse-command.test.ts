import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { commands } from './commands.ts'
import { commonFlags } from './command.ts'
import { synopsisOf } from './describe-usage.ts'
import { exitCodes } from './exit-codes.ts'
import { parseCommand } from './parse-command.ts'
import { runCli } from './run-cli.ts'
import { plainEnvironment } from './testing/plain-environment.ts'
import { recordSink } from './testing/record-sink.ts'

async function run(...argv: string[]) {
  const stdout = recordSink()
  const stderr = recordSink()
  const code = await runCli({
    argv,
    environment: { ...plainEnvironment, url: 'http://127.0.0.1:9' },
    stdout,
    stderr,
    stdin: (async function* () {})(),
    signal: new AbortController().signal,
  })
  return { code, out: stdout.text(), err: stderr.text() }
}

test('flags may stand before, between and after the words', () => {
  for (const argv of [
    ['--project', 'desk', 'task', 'get', 'job-1', '-f'],
    ['task', '-f', 'get', 'job-1', '--project=desk'],
  ]) {
    const { command, typed, common } = parseCommand(commands, argv)
    expect(command.words).toEqual(['task', 'get'])
    expect(typed).toEqual({ id: 'job-1', follow: true })
    expect(common).toEqual({ project: 'desk' })
  }
})

describe('a wrong command line ends with 64 and says what is wrong', () => {
  test.each([
    [[], 'say what to do'],
    [['trace', 'lst'], 'there is no "clew trace lst"'],
    [['trace', 'get'], '<id> is missing'],
    [['trace', 'get', 'abcd', 'more'], '"more" is one word too many'],
    [['trace', 'get', 'abcd', '--view', 'tre'], 'view: should be one of summary, tree'],
    [['trace', 'get', 'nothex'], 'is no trace id'],
    [['trace', 'list', '--limit', '0'], 'limit'],
    [['agents', '--wrong'], "Unknown option '--wrong'"],
    [['agents', '--url', 'nowhere'], 'url'],
    [['span', 'get', 'zz'], 'is no span id'],
  ])('%j', async (argv, words) => {
    const { code, err, out } = await run(...argv)
    expect({ code, out }).toEqual({ code: 64, out: '' })
    expect(err).toContain(words)
  })
})

test('a server that does not answer ends with 69, in words and without a stack', async () => {
  const { code, err } = await run('agents', '--token', 'clew_sk_x')
  expect(code).toBe(exitCodes.away.code)
  expect(err).toBe('clew: http://127.0.0.1:9 does not answer. Is Clew running? `clew up` starts it.\n')
})

test('help is given for all and for one, and is no failure', async () => {
  const all = await run('--help')
  expect(all.code).toBe(0)
  for (const command of commands) expect(all.out).toContain(synopsisOf(command))
  const one = await run('task', 'get', '--help')
  expect(one.out).toContain('clew task get <id> [-f]')
  expect(one.out).not.toContain('clew agents')
})

test('every verb and flag of the README is one that the parser takes, and none is left out', () => {
  const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')
  const told = [...readme.matchAll(/^\| +`(clew [^`]+)`/gm)].map((match) => match[1])
  expect(told).toEqual(commands.map(synopsisOf))
  for (const [name] of Object.entries(commonFlags)) expect(readme).toContain(`--${name}`)
  const codes = [...readme.matchAll(/^\| +(\d+) +\| (.+?) +\|$/gm)].map((match) => `${match[1]} ${match[2]}`)
  expect(codes).toEqual(Object.values(exitCodes).map(({ code, says }) => `${code} ${says}`))
  for (const [, line = ''] of readme.matchAll(/^clew (.+)$/gm)) {
    const argv =
      line
        .replace(/ #.*$/, '')
        .split(/ \| | > /)[0]
        ?.match(/"[^"]*"|\S+/g) ?? []
    expect(() =>
      parseCommand(
        commands,
        argv.map((word) => word.replaceAll('"', '')),
      ),
    ).not.toThrow()
  }
})
