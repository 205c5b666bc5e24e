import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { openStore } from './open-store.ts'
import { readSpans } from './queries/read-spans.ts'
import {
  buildBatch,
  buildSpan,
  testNowMs,
  testOwner,
  testProject,
  testTraceId,
} from './testing/build-span.ts'

const require = createRequire(import.meta.url)
const directory = mkdtempSync(join(tmpdir(), 'clew-durable-'))
const url = `chdb:${directory}`
const scope = { projectId: testProject(), retention: { metadataDays: 30, contentDays: 7 } } as const
const clock = (): number => testNowMs

afterAll(() => rmSync(directory, { recursive: true, force: true }))

it('has every acknowledged batch after kill -9 in the middle of writes, three times over', async () => {
  const acknowledged: string[] = []
  for (const number of [1, 2, 3]) acknowledged.push(...(await writeAndKill(number)))
  expect(acknowledged.length).toBeGreaterThanOrEqual(15)
  const store = await openStore({ url, clock })
  await store.migrate()
  const spans = await readSpans(store, { ...scope, traceIds: acknowledged, content: 'full' })
  await store.close()
  expect(spans).toHaveLength(acknowledged.length * 3)
  expect(spans.every((span) => span.output !== undefined)).toBe(true)
}, 240_000)

it('has the data after it was closed and opened again, and a token that it knew then', async () => {
  const batch = buildBatch('before', {
    spans: [{ owner: testOwner(), span: buildSpan({ traceId: testTraceId(7) }) }],
  })
  const first = await openStore({ url, clock })
  await first.migrate()
  await first.insertBatch(batch)
  await first.close()
  const second = await openStore({ url, clock })
  await second.migrate()
  expect(await second.insertBatch(batch)).toEqual({ ok: true, value: undefined })
  const rows = await second.database.query({
    sql: 'SELECT count() AS n FROM spans WHERE trace_id = {id:String}',
    params: { id: testTraceId(7) },
  })
  await second.close()
  expect(rows).toEqual([{ n: '1' }])
})

/** The traces that a child had acknowledged when it was killed, after its fifth. */
async function writeAndKill(number: number): Promise<string[]> {
  const script = fileURLToPath(new URL('./testing/write-until-killed.ts', import.meta.url))
  const loader = pathToFileURL(require.resolve('tsx')).href
  const args = ['--conditions', '@clew/source', '--import', loader, script, url, String(number)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = new Promise((resolve) => {
    child.on('exit', resolve)
  })
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (lines.length === 5) child.kill('SIGKILL')
  }
  await exited
  return lines
}
