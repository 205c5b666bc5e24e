import { spawn } from 'node:child_process'
import { mkdir, readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { startFakeModel } from '@clew/fake-model'
import type { FakeModel } from '@clew/fake-model'
import { listAttributes } from '@clew/semconv/attributes'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startSink } from './testing/start-sink.ts'
import { toTree } from './testing/to-tree.ts'

const docs = fileURLToPath(new URL('../../../docs/sdk', import.meta.url))
// Examples resolve their packages from here, as an app's would from its own folder.
const folder = fileURLToPath(new URL('../node_modules/.docs', import.meta.url))
const pages = (await readdir(docs)).filter((file) => file.endsWith('.md'))
const examples = (
  await Promise.all(
    pages.map(async (page) => {
      const text = await readFile(join(docs, page), 'utf8')
      const code = /```ts\n([^]*?)```/.exec(text)?.[1]
      const tree = /```text\n([^]*?)```/.exec(text)?.[1]
      return code === undefined || tree === undefined ? [] : [{ page, code, tree }]
    }),
  )
).flat()

let model: FakeModel

beforeAll(async () => {
  model = await startFakeModel()
  await mkdir(folder, { recursive: true })
})

afterAll(async () => {
  await model.close()
  await rm(folder, { recursive: true, force: true })
})

test('there are examples to run', () => {
  expect(examples.length).toBeGreaterThan(7)
})

test.each(examples)(
  'the example in $page runs and leaves the trace that the page shows',
  async ({ page, code, tree }) => {
    const sink = await startSink()
    const file = join(folder, page.replace('.md', '.mjs'))
    await build({
      stdin: { contents: code, loader: 'ts', resolveDir: folder },
      outfile: file,
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['@clew/source'],
      alias: { '@clew/sdk': fileURLToPath(new URL('index.ts', import.meta.url)) },
      external: [
        '@opentelemetry/*',
        'openai',
        '@anthropic-ai/*',
        '@ai-sdk/*',
        'ai',
        'zod',
        '@langchain/*',
        '@openai/*',
        '@google/*',
        '@modelcontextprotocol/*',
      ],
      logLevel: 'error',
    })
    const { code: exitCode, stderr } = await run(file, sink.url)
    await sink.close()
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(`${toTree(sink.spans()).join('\n')}\n`).toBe(tree)
  },
  60_000,
)

test('the page of attributes is what the registry says; -u writes it anew', async () => {
  const rows = listAttributes().map(
    ({ name, type, privacy, doc }) =>
      `| \`${name}\` | ${type} | ${privacy} | ${doc.replaceAll('|', '\\|')} |`,
  )
  const head = [
    '# Attributes',
    '',
    'Generated from the registry in `packages/semconv/src/attributes`. `content` is what people and models said, `identifier` names a person or a thing; `privacy.content` decides on both.',
    '',
    '| name | type | privacy | meaning |',
    '| --- | --- | --- | --- |',
  ]
  await expect([...head, ...rows, ''].join('\n')).toMatchFileSnapshot(join(docs, 'attributes.md'))
})

async function run(file: string, endpoint: string): Promise<{ code: number | null; stderr: string }> {
  const env = {
    NODE_ENV: 'production' as const,
    PATH: process.env['PATH'],
    CLEW_OTLP_ENDPOINT: endpoint,
    OPENAI_API_KEY: 'k',
    OPENAI_BASE_URL: `${model.url}/v1`,
    ANTHROPIC_API_KEY: 'k',
    ANTHROPIC_BASE_URL: model.url,
    GEMINI_API_KEY: 'k',
    GOOGLE_GEMINI_BASE_URL: model.url,
  }
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  return await new Promise((resolve) => child.on('exit', (code) => resolve({ code, stderr })))
}
