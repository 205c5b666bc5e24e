import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exitCodes } from '../exit-codes.ts'
import { runCli } from '../run-cli.ts'
import { plainEnvironment } from '../testing/plain-environment.ts'
import { recordSink } from '../testing/record-sink.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clew-instrument-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function instrument(...flags: string[]) {
  const stdout = recordSink()
  const stderr = recordSink()
  const code = await runCli({
    argv: ['instrument', ...flags],
    environment: { ...plainEnvironment, folder },
    stdout,
    stderr,
    stdin: (async function* () {})(),
    signal: new AbortController().signal,
  })
  return { code, out: stdout.text(), err: stderr.text() }
}

function write(files: Record<string, string | object>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
}

const read = (path: string) => readFileSync(join(folder, path), 'utf8')
const listAll = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.git'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted()
const snapshot = () => listAll().map((path) => [path, read(path)])

const esm = {
  'package.json': {
    name: 'shop',
    type: 'module',
    scripts: { start: 'node ./src/server.js' },
    dependencies: { openai: '^6', '@langchain/core': '1' },
  },
  'src/server.js': `#!/usr/bin/env node\n// The shop.\nimport OpenAI from 'openai'\nconsole.log(OpenAI)\n`,
}

describe('an app of ES modules', () => {
  test('gets a file that hands its libraries over, imported before anything else', async () => {
    write(esm)
    const { code, out } = await instrument('--yes')
    expect(code).toBe(0)
    expect(read('src/clew.js')).toBe(
      [
        '// Tracing with Clew. Imported before anything else, so that it runs when the app begins.',
        `import { setup } from '@clew/sdk'`,
        `import OpenAI from 'openai'`,
        `import * as langchainCallbacksManager from '@langchain/core/callbacks/manager'`,
        '',
        `export const clew = setup({ serviceName: 'shop', modules: { openai: OpenAI, langchainCallbacksManager } })`,
        '',
      ].join('\n'),
    )
    expect(read('src/server.js')).toBe(
      `#!/usr/bin/env node\nimport './clew.js'\n// The shop.\nimport OpenAI from 'openai'\nconsole.log(OpenAI)\n`,
    )
    expect(out).toContain('npm install @clew/sdk')
    expect(out).toContain('CLEW_OTLP_TOKEN=<a key with the scope ingest>')
  })

  test('is left as it is by a dry run, whose diff is one that git applies to the same end', async () => {
    write(esm)
    const before = snapshot()
    const { code, out } = await instrument('--dry-run')
    expect(code).toBe(0)
    expect(snapshot()).toEqual(before)
    execFileSync('git', ['apply', '-'], { cwd: folder, input: out.slice(0, out.indexOf('Not written:')) })
    const patched = snapshot()
    expect(patched).not.toEqual(before)
    for (const [path = '', text = ''] of before) write({ [path]: text })
    rmSync(join(folder, 'src/clew.js'))
    await instrument('--yes')
    expect(snapshot()).toEqual(patched)
  })

  test('is changed once: a second run changes nothing and says so', async () => {
    write(esm)
    await instrument('--yes')
    const after = snapshot()
    const { code, out } = await instrument('--yes')
    expect(code).toBe(0)
    expect(out).toContain('src/server.js is set up already; nothing was changed.')
    expect(snapshot()).toEqual(after)
  })

  test('hears of a library that came later', async () => {
    write(esm)
    await instrument('--yes')
    write({ 'package.json': { ...esm['package.json'], dependencies: { openai: '6', '@google/genai': '2' } } })
    expect((await instrument()).out).toContain(
      'src/clew.js does not hand over @google/genai (modules.googleGenAI)',
    )
  })

  test('is not touched where nobody can be asked', async () => {
    write(esm)
    const before = snapshot()
    const { code, out, err } = await instrument()
    expect(code).toBe(0)
    expect(out).toContain(`+import './clew.js'`)
    expect(err).toContain('--yes writes')
    expect(snapshot()).toEqual(before)
  })

  test('keeps the mode of its program and its line ends', async () => {
    write({ ...esm, 'src/server.js': `import OpenAI from "openai";\r\nconsole.log(OpenAI);\r\n` })
    chmodSync(join(folder, 'src/server.js'), 0o755)
    await instrument('--yes')
    expect(statSync(join(folder, 'src/server.js')).mode & 0o777).toBe(0o755)
    expect(read('src/server.js')).toBe(
      `import "./clew.js";\r\nimport OpenAI from "openai";\r\nconsole.log(OpenAI);\r\n`,
    )
    expect(read('src/clew.js')).toContain(`import OpenAI from "openai";\r\n`)
  })
})

test('an app that requires gets no list: what it loads is recorded by itself', async () => {
  write({
    'package.json': { name: 'shop', main: 'index.js', dependencies: { openai: '6', dotenv: '17' } },
    'index.js': `'use strict';\n\nconst OpenAI = require('openai');\n`,
    'pnpm-lock.yaml': '',
  })
  const { out } = await instrument('--yes')
  expect(read('index.js')).toBe(`'use strict';\nrequire('./clew.js');\n\nconst OpenAI = require('openai');\n`)
  expect(read('clew.js').split('\n').slice(1)).toEqual([
    `require('dotenv/config');`,
    `const { setup } = require('@clew/sdk');`,
    '',
    `exports.clew = setup({ serviceName: 'shop' });`,
    '',
  ])
  expect(out).toContain('pnpm add @clew/sdk')
})

const typed = (entry: string, extra: Record<string, string | object> = {}) => ({
  'package.json': {
    name: 'shop',
    type: 'module',
    main: 'dist/index.js',
    scripts: { start: 'node dist/index.js' },
    dependencies: { '@modelcontextprotocol/sdk': '1' },
  },
  'src/index.ts': entry,
  'dist/index.js': 'built',
  ...extra,
})

describe('an app in TypeScript', () => {
  test('is set up in its source, not in what was built of it', async () => {
    write(typed(`import { answer } from './answer.js'\n`))
    expect((await instrument('--yes')).code).toBe(0)
    expect(read('dist/index.js')).toBe('built')
    expect(read('src/index.ts')).toBe(`import './clew.js'\nimport { answer } from './answer.js'\n`)
    expect(read('src/clew.ts')).toContain('modules: { mcp: [mcpClient, mcpServer] }')
  })

  test.each([
    [
      'as it imports its neighbours, with the extension',
      `import { answer } from './answer.ts'\n`,
      {},
      './clew.ts',
    ],
    ['as it imports its neighbours, without one', `import { answer } from './answer'\n`, {}, './clew'],
    ['as Node resolves modules', 'run()\n', {}, './clew.js'],
    [
      'as a bundler does',
      'run()\n',
      { 'tsconfig.json': '{ "compilerOptions": { "moduleResolution": "bundler" } }' },
      './clew',
    ],
  ])('imports the set-up %s', async (_, entry, extra, specifier) => {
    write(typed(entry, extra))
    await instrument('--yes')
    expect(read('src/index.ts').split('\n')[0]).toBe(`import '${specifier}'`)
  })
})

test('a Next.js app is set up when its server starts, with one copy of what is recorded', async () => {
  write({
    'package.json': { name: 'shop', dependencies: { next: '16', openai: '6' } },
    'tsconfig.json': '{}',
    'src/app/page.tsx': 'export default function Page() {}',
    'next.config.ts': `import type { NextConfig } from 'next'\n\nconst config: NextConfig = {\n  reactStrictMode: true,\n}\nexport default config\n`,
  })
  expect((await instrument('--yes')).code).toBe(0)
  expect(read('src/instrumentation.ts')).toBe(
    `export async function register() {\n  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./clew')\n}\n`,
  )
  expect(read('src/clew.ts')).toContain('modules: { openai: OpenAI }')
  expect(read('next.config.ts')).toContain(
    `const config: NextConfig = {\n  serverExternalPackages: ['@clew/sdk', 'openai'],\n  reactStrictMode: true,\n}`,
  )
  expect((await instrument()).out).toContain('set up already')
})

test('a Next.js app that has the hook keeps what it does', async () => {
  write({
    'package.json': { dependencies: { next: '16' } },
    'instrumentation.js': `export async function register() {\n  await other()\n}\n`,
    'next.config.mjs': `export default withOther({})\n`,
  })
  const { out } = await instrument('--yes')
  expect(read('instrumentation.js')).toBe(
    `export async function register() {\n  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./clew')\n  await other()\n}\n`,
  )
  expect(out).toContain(`next.config.mjs: have serverExternalPackages: ['@clew/sdk'], with what stands there`)
})

describe('a key', () => {
  const key = 'clew_sk_0123456789abcdef0123456789'

  test('goes into an .env that git ignores, and is shown by its last characters', async () => {
    write({ ...esm, '.gitignore': '.env\n', '.env': 'OPENAI_API_KEY=sk-own-secret' })
    execFileSync('git', ['init', '--quiet'], { cwd: folder })
    const { out } = await instrument('--yes', '--key', key)
    expect(read('.env')).toBe(`OPENAI_API_KEY=sk-own-secret\nCLEW_OTLP_TOKEN=${key}\n`)
    expect(out).toContain('CLEW_OTLP_TOKEN=…6789')
    expect(out).toContain('node --env-file=.env')
    expect(out).not.toContain(key)
    expect(out).not.toContain('secret\n')
    expect((await instrument('--yes', '--key', key)).out).toContain('nothing was changed')
  })

  test('goes nowhere when git would track the file, or when there is no git', async () => {
    write(esm)
    expect((await instrument('--yes', '--key', key)).out).toContain('no key was put there')
    execFileSync('git', ['init', '--quiet'], { cwd: folder })
    write({ '.env': 'A=1\n' })
    expect((await instrument('--yes', '--key', key)).code).toBe(0)
    expect(listAll().filter((path) => read(path).includes(key))).toEqual([])
  })
})

test('--json tells the same as one document and asks nothing', async () => {
  write(esm)
  const planned = JSON.parse((await instrument('--json')).out)
  expect(planned).toMatchObject({
    state: 'planned',
    entry: 'src/server.js',
    recorded: ['openai', '@langchain/core'],
    files: [
      { path: 'src/clew.js', isNew: true },
      { path: 'src/server.js', isNew: false },
    ],
  })
  expect(JSON.parse((await instrument('--json', '--yes')).out).state).toBe('written')
  expect(JSON.parse((await instrument('--json')).out)).toMatchObject({ state: 'unchanged', files: [] })
})

describe('an app that is not understood', () => {
  test.each<[string, Record<string, string | object>, string[], RegExp]>([
    ['has no package.json', {}, [], /has no package.json/],
    ['has a broken one', { 'package.json': '{' }, [], /can't be read/],
    ['has no entry', { 'package.json': {} }, [], /name it with --entry/],
    ['is a workspace', { 'package.json': { workspaces: ['apps/*'] } }, [], /root of a workspace/],
    [
      'is started by a framework',
      { 'package.json': { devDependencies: { vite: '8' } }, 'src/main.ts': 'x' },
      [],
      /started by vite/,
    ],
    ['names an entry that is not there', { 'package.json': {} }, ['--entry', 'x.js'], /there is no x.js/],
    ['has a file of our name', { ...esm, 'src/clew.js': 'own()' }, [], /src\/clew.js exists/],
    [
      'has a hook of its own shape',
      {
        'package.json': { dependencies: { next: '16' } },
        'instrumentation.ts': 'export { register } from "x"',
      },
      [],
      /without a plain/,
    ],
  ])('%s: it is told and nothing is written', async (_, files, flags, message) => {
    write(files)
    const before = snapshot()
    const { code, err } = await instrument('--yes', ...flags)
    expect(code).toBe(exitCodes.notUnderstood.code)
    expect(err).toMatch(message)
    expect(snapshot()).toEqual(before)
  })
})
