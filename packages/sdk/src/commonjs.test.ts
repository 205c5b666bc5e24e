import { spawn } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { startFakeModel } from '@clew/fake-model'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startSink } from './testing/start-sink.ts'
import { toTree } from './testing/to-tree.ts'
import { readRecord } from './values/read.ts'

const program = `
const { agentSpan, setup, SpanKindValues } = require('@clew/sdk')
const { instrumentOpenAI } = require('@clew/sdk/openai')
const { OpenInferenceAttribute } = require('@clew/sdk/semconv')

const [endpoint, model] = process.argv.slice(2)
const clew = setup({ endpoint, serviceName: 'commonjs' })
const before = stateOf('openai')
const { OpenAI } = require('openai')
const client = new OpenAI({ apiKey: 'k', baseURL: model + '/v1', maxRetries: 0 })
const messages = [{ role: 'user', content: 'q' }]
agentSpan({ agentId: 'support', sessionId: 's_1' }, (span) => {
  span.setAttribute(OpenInferenceAttribute.SESSION_ID, 's_2')
  return client.chat.completions.create({ model: 'm', messages })
}).then(() => {
  const after = stateOf('openai')
  console.log(JSON.stringify({ before, after, agent: SpanKindValues.AGENT, openai: typeof instrumentOpenAI }))
})

function stateOf(library) {
  return clew.installResults.filter(({ name }) => name === library).map(({ state }) => state)
}
`

const sdk = fileURLToPath(new URL('..', import.meta.url))
// Below the package, so that what it depends on is found from here.
const folder = join(sdk, 'node_modules', '.commonjs')
const file = join(folder, 'program.cjs')

beforeAll(async () => {
  const installed = join(folder, 'node_modules', '@clew', 'sdk')
  await mkdir(installed, { recursive: true })
  await cp(join(sdk, 'package.json'), join(installed, 'package.json'))
  await writeFile(file, program)
  await run([join(sdk, 'build.mjs'), join(installed, 'dist')])
})
afterAll(async () => await rm(folder, { recursive: true, force: true }))

test('the built package is required from CommonJS, and records what is required after setup', async () => {
  const sink = await startSink()
  const model = await startFakeModel()
  const { code, stdout } = await run([file, sink.url, model.url])
  await Promise.all([sink.close(), model.close()])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    before: ['notFound'],
    after: ['patched'],
    agent: 'AGENT',
    openai: 'function',
  })
  expect(toTree(sink.spans())).toEqual(['support [AGENT]', '  chat m [LLM]'])
  expect(sink.span('support').attributes['session.id']).toBe('s_2')
})

test('what the built package imports is among its dependencies, which npm can install', async () => {
  const manifest: unknown = JSON.parse(await readFile(join(sdk, 'package.json'), 'utf8'))
  const dependencies = readRecord(readRecord(manifest)?.['dependencies']) ?? {}
  const text = await readFile(join(folder, 'node_modules/@clew/sdk/dist/core.js'), 'utf8')
  const imported = [...text.matchAll(/^import .* from "([^".]+)";$/gm)].map(([, name]) => name ?? '')
  const packages = new Set(imported.filter((name) => !isBuiltin(name)))
  expect([...packages].filter((name) => !(name in dependencies))).toEqual([])
  expect(Object.values(dependencies).filter((range) => /^\D*:/.test(String(range)))).toEqual([])
})

async function run(args: string[]): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, args, { cwd: sdk, stdio: ['ignore', 'pipe', 'inherit'] })
  let stdout = ''
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
  return await new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout })))
}
