import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCli } from '@clew/cli'
import { startFakeModel, type FakeModel } from '@clew/fake-model'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { testCliEnvironment } from './testing/cli-environment.ts'
import { readChildEnvironment } from './testing/config.ts'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'

let clew: TestStandalone
let model: FakeModel
beforeAll(async () => {
  clew = await openTestStandalone()
  model = await startFakeModel({ script: () => ({ text: 'It is shipped.' }) })
})
afterAll(async () => {
  await model.close()
  await clew.stop()
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clew-app-'))
  const installed = fileURLToPath(new URL('../node_modules', import.meta.url))
  mkdirSync(join(folder, 'node_modules/@clew'), { recursive: true })
  symlinkSync(join(installed, '@clew/sdk'), join(folder, 'node_modules/@clew/sdk'))
  symlinkSync(join(installed, 'openai'), join(folder, 'node_modules/openai'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const ask = `const openai = new OpenAI()
openai.chat.completions
  .create({ model: 'gpt-5-mini', messages: [{ role: 'user', content: 'Where is order 42?' }] })
  .then((answer) => console.log(answer.choices[0].message.content))
`

async function instrument(): Promise<number> {
  return await runCli({
    argv: ['instrument', '--yes'],
    environment: testCliEnvironment(folder),
    stdout: { write: () => undefined },
    stderr: { write: () => undefined },
    stdin: (async function* () {})(),
    signal: new AbortController().signal,
  })
}

/** Runs the app as its own start script does and gives what it printed. */
async function runApp(file: string): Promise<string> {
  const child = spawn(process.execPath, [file], {
    cwd: folder,
    env: {
      ...readChildEnvironment(),
      OPENAI_BASE_URL: `${model.url}/v1`,
      OPENAI_API_KEY: 'none',
      CLEW_OTLP_ENDPOINT: clew.url,
      CLEW_OTLP_TOKEN: firstKey,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  await once(child, 'close')
  return out
}

test.each([
  ['module', 'modules', `import OpenAI from 'openai'\n`],
  ['commonjs', 'require', `const OpenAI = require('openai')\n`],
])(
  'an app of type %s that was set up sends its model calls and does what it did',
  async (type, name, head) => {
    const dependencies = { openai: '6' }
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name, type, main: 'index.js', dependencies }),
    )
    writeFileSync(join(folder, 'index.js'), head + ask)
    const plain = await runApp('index.js')
    expect(await instrument()).toBe(0)
    expect(await runApp('index.js')).toBe(plain)
    const run = await vi.waitFor(
      async () => {
        const { items } = await clew.client.runs.list.query({ projectId: clew.projectId, limit: 10 })
        const found = items.find((item) => item.serviceName === name && item.status === 'ok')
        if (found === undefined) throw new Error('the run is not listed yet')
        return found
      },
      { timeout: 30_000, interval: 50 },
    )
    expect(run.name).toBe('chat gpt-5-mini')
  },
)
