import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli, type CliEnvironment } from '@clew/cli'
import { reduceRun, type LiveRun, type RunEvent } from '@clew/domain'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { testCliEnvironment } from './testing/cli-environment.ts'
import { openCutProxy, type CutProxy } from './testing/cut-proxy.ts'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'
import { postLogs, postSpans, type OtlpSpan } from './testing/otlp-run.ts'

let clew: TestStandalone
let proxy: CutProxy
let folder: string
beforeAll(async () => {
  clew = await openTestStandalone()
  proxy = await openCutProxy(clew.url)
  folder = mkdtempSync(join(tmpdir(), 'clew-cli-'))
})
afterAll(async () => {
  await proxy.close()
  await clew.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Running {
  out: () => string
  err: () => string
  code: Promise<number>
}

function start(
  argv: string[],
  given: { url?: string; token?: string; stdin?: string; signal?: AbortSignal } = {},
): Running {
  let out = ''
  let err = ''
  const environment: CliEnvironment = {
    ...testCliEnvironment(folder),
    url: given.url ?? clew.url,
    token: given.token === '' ? undefined : (given.token ?? firstKey),
  }
  const code = runCli({
    argv,
    environment,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    stdin: (async function* () {
      yield given.stdin ?? ''
    })(),
    signal: given.signal ?? new AbortController().signal,
  })
  return { out: () => out, err: () => err, code }
}

async function run(argv: string[], given: { url?: string; token?: string; stdin?: string } = {}) {
  const running = start(argv, given)
  const code = await running.code
  return { code, out: running.out(), err: running.err() }
}

const kindOf = (name: string) => ({ 'openinference.span.kind': name })
const post = (...spans: OtlpSpan[]) => postSpans({ url: clew.url, key: firstKey }, spans)

let count = 0
function makeRun() {
  count += 1
  const traceId = String(count).padStart(4, '0') + 'c'.repeat(28)
  const startMs = Date.now() - 5000
  const agent: OtlpSpan = {
    traceId,
    spanId: 'a'.repeat(16),
    name: 'support',
    startMs,
    attributes: { ...kindOf('AGENT'), 'input.value': 'where is my tent', 'session.id': `s-${count}` },
  }
  const tool: OtlpSpan = {
    traceId,
    spanId: 'b'.repeat(16),
    parentSpanId: 'a'.repeat(16),
    name: 'track_parcel',
    startMs: startMs + 100,
    attributes: { ...kindOf('TOOL'), 'tool.name': 'track_parcel', 'input.value': '{"order":"HO-1"}' },
  }
  return { traceId, agent, tool, endOf: (span: OtlpSpan) => ({ ...span, endMs: span.startMs + 900 }) }
}

describe('a finished run', () => {
  let traceId: string
  beforeAll(async () => {
    const { agent, tool, endOf, ...made } = makeRun()
    traceId = made.traceId
    await post(endOf({ ...tool, isError: true }), endOf({ ...agent, isError: true }))
    await vi.waitFor(async () => {
      const { out } = await run(['trace', 'list', 'status:error'])
      if (!out.includes(traceId.slice(0, 8))) throw new Error('the summary is not written yet')
    }, 10_000)
  })

  test('is found by the first digits of its id, told step by step, and ends with 2 when it failed', async () => {
    const { code, out } = await run(['trace', 'get', traceId.slice(0, 6)])
    expect(code).toBe(2)
    expect(out).toMatch(/where is my tent/)
    expect(out).toMatch(/x {2}1 {2}\+ {2}track_parcel .*it failed +900 ms/)
    expect(out).toMatch(/FAILED {2}.*2 spans/)
    expect(out).toContain(`clew span get ${traceId.slice(0, 8)}:1 --view io`)
    expect(out).not.toContain('\u001b')
  })

  test.each(['summary', 'tree', 'timeline', 'thread', 'graph', 'spans', 'raw'])(
    'has the view %s',
    async (view) => {
      const { code, out } = await run(['trace', 'get', traceId, '--view', view])
      expect(code).toBe(2)
      expect(out).toContain(view === 'summary' ? 'FAILED' : 'track_parcel')
    },
  )

  test.each(['summary', 'io', 'attributes', 'raw'])('shows a span by its step, as %s', async (view) => {
    const { code, out } = await run(['span', 'get', `${traceId}:1`, '--view', view])
    expect(code).toBe(0)
    expect(out).toContain(view === 'io' ? 'HO-1' : 'track_parcel')
  })

  test('is in the lists of agents and sessions', async () => {
    expect((await run(['agents'])).out).toContain('support')
    const { items } = JSON.parse((await run(['sessions', '--json'])).out)
    expect(items).toMatchObject([{ sessionId: 's-1' }])
  })

  test('shows what was retrieved, and the thread says where', async () => {
    const { agent, tool, endOf, traceId: own } = makeRun()
    const read: OtlpSpan = {
      ...tool,
      name: 'search',
      attributes: {
        ...kindOf('RETRIEVER'),
        'retrieval.documents.0.document.id': 'refunds.md',
        'retrieval.documents.0.document.content': 'Refunds take five days.',
      },
    }
    await post(endOf(read), endOf(agent))
    expect((await run(['trace', 'get', own, '--view', 'thread'])).out).toContain(
      `clew span get ${own.slice(0, 8)}:1`,
    )
    expect((await run(['span', 'get', `${own}:1`, '--view', 'io'])).out).toMatch(
      /document refunds\.md\nRefunds take five days\./,
    )
  })

  test('that is not there ends with 4, a key that is unknown with 5', async () => {
    expect(await run(['trace', 'get', '9'.repeat(32)])).toMatchObject({ code: 4, out: '' })
    expect(await run(['span', 'get', `${traceId}:77`])).toMatchObject({ code: 4 })
    expect(await run(['task', 'get', 'none'])).toMatchObject({ code: 4 })
    expect(await run(['agents'], { token: 'clew_sk_nobody_knows_this' })).toMatchObject({ code: 5 })
    expect(await run(['keys'])).toMatchObject({ code: 5 })
    expect(await run(['doctor'], { token: 'clew_sk_nobody_knows_this' })).toMatchObject({ code: 5 })
  })
})

test('a key that is made with limits is held to them, and then to those that replace them', async () => {
  const { ownerClient, projectId } = clew
  const granted = ['admin', 'ingest', 'read'] as const
  const { secret: admin } = await ownerClient.keys.create.mutate({
    projectId,
    name: 'admin',
    scopes: [...granted],
  })
  const create = ['keys', 'create', 'limited', '--scopes', 'ingest', '--requests-per-minute']
  expect(await run([...create, 'few'], { token: admin })).toMatchObject({ code: 64, out: '' })
  const { code, out } = await run([...create, '1'], { token: admin })
  expect(code).toBe(0)
  const send = async (): Promise<number> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${out.trim()}` }
    const reply = await fetch(`${clew.url}/v1/traces`, { method: 'POST', headers, body: '{}' })
    return reply.status
  }
  expect([await send(), await send()]).toEqual([200, 429])

  const keys = await ownerClient.keys.list.query({ projectId })
  const id = keys.find(({ name }) => name === 'limited')?.id ?? ''
  const limited = await run(['keys', 'limit', id, '--body-bytes', '1'], { token: admin })
  expect(limited.out).toMatch(/^limited …\S+: bodies to 1 B\n$/)
  await vi.waitFor(async () => expect(await send()).toBe(413), { timeout: 1000, interval: 50 })
})

test('a followed run survives cuts of the line, and its end tells the same as reading it afterwards', async () => {
  const { traceId, agent, tool, endOf } = makeRun()
  await post(agent, tool)
  const following = start(['trace', 'get', traceId, '-f'], { url: proxy.url })
  await vi.waitFor(() => expect(following.out()).toContain('support'), 10_000)
  proxy.cut()
  await post(endOf(tool))
  await vi.waitFor(() => expect(following.out()).toContain('track_parcel'), 10_000)
  await post(endOf(agent))
  expect(await following.code).toBe(0)
  const { out } = await run(['trace', 'get', traceId], { url: proxy.url })
  expect(following.out()).toBe(out)
  expect(following.err()).toMatch(
    /connection lost at event \S+, taken up again after \d+\.\d s, nothing missed/,
  )
})

test('--json while following prints the events that build the run', async () => {
  const { traceId, agent, tool, endOf } = makeRun()
  await post(agent)
  const following = start(['trace', 'get', traceId, '-f', '--json'], { url: proxy.url })
  await vi.waitFor(() => expect(following.out()).toContain('snapshot'), 10_000)
  await post(tool)
  await vi.waitFor(() => expect(following.out()).toContain('span-start'), 10_000)
  proxy.cut()
  await post(endOf(tool), endOf(agent))
  expect(await following.code).toBe(0)
  let state: LiveRun | undefined
  for (const line of following.out().trim().split('\n')) {
    const event: RunEvent = JSON.parse(line)
    state = reduceRun(state, [event])
  }
  const stored = await clew.client.runs.get.query({ projectId: clew.projectId, traceId })
  expect(state?.spans).toEqual(stored.spans)
  expect(state?.endReason).toBe('completed')
})

test('task logs follow until the task has ended, each line once', async () => {
  const { traceId, agent, endOf } = makeRun()
  const task: OtlpSpan = {
    ...agent,
    name: 'reindex',
    attributes: { 'clew.span.kind': 'TASK', 'clew.task.id': 'job-7', 'clew.task.type': 'index' },
  }
  const log = (line: string, kind = 'run') =>
    postLogs({ url: clew.url, key: firstKey }, [
      {
        traceId,
        spanId: task.spanId,
        atMs: Date.now(),
        body: line,
        attributes: {
          'event.name': 'clew.task.log',
          'clew.task.id': 'job-7',
          'clew.task.log.kind': kind,
          'clew.task.log.line': line,
        },
      },
    ])
  await post(task)
  await log('unpacking', 'setup')
  await vi.waitFor(async () => {
    expect((await run(['task', 'get', 'job-7'])).code).toBe(0)
  }, 10_000)
  const following = start(['task', 'logs', 'job-7', '-f'], { url: proxy.url })
  await vi.waitFor(() => expect(following.out()).toContain('unpacking'), 10_000)
  proxy.cut()
  await log('nine vectors')
  await vi.waitFor(() => expect(following.out()).toContain('nine vectors'), 10_000)
  await post({ ...endOf(task), isError: true })
  expect(await following.code).toBe(2)
  const lines = following
    .out()
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\S+ /, ''))
  expect(lines).toEqual(['setup  unpacking', 'run    nine vectors'])
  const { code, out } = await run(['task', 'get', 'job-7'])
  expect(code).toBe(2)
  expect(out).toMatch(/reindex {3}index {3}job-7\nFAILED/)
})

test('login keeps a key that the server knows, readable by its owner alone, and for that server only', async () => {
  const refused = await run(['login'], { token: '', stdin: 'clew_sk_nobody_knows_this\n' })
  expect(refused.code).toBe(5)
  const { code, out } = await run(['login'], { token: '', stdin: `${firstKey}\n` })
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Support desk') })
  expect(out).not.toContain(firstKey)
  const file = join(folder, 'credentials.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ url: clew.url, project: 'support-desk' })
  expect((await run(['doctor'], { token: '' })).out).toContain('project Support desk')
  expect((await run(['doctor'], { token: '', url: proxy.url })).code).toBe(5)
  await run(['login', '--forget'])
  expect((await run(['doctor'], { token: '' })).code).toBe(5)
})

test('a followed list tells each visible change of the runs that fit once, in columns that stay', async () => {
  const interruption = new AbortController()
  const list = start(['trace', 'list', 'status:error', '-f'], { signal: interruption.signal })
  await vi.waitFor(() => expect(list.out()).toMatch(/^id +status/), 10_000)
  const [good, bad] = [makeRun(), makeRun()]
  await post(good.agent, bad.agent)
  await post(good.endOf(good.agent))
  await post({ ...bad.endOf(bad.agent), isError: true })
  await vi.waitFor(() => expect(list.out()).toContain(`${bad.traceId.slice(0, 8)}  x failed`), 20_000)
  interruption.abort()
  expect(await list.code).toBe(130)
  const [heads = '', ...lines] = list.out().trimEnd().split('\n')
  expect(list.out()).not.toContain(good.traceId.slice(0, 8))
  expect(new Set(lines).size).toBe(lines.length)
  const told = lines.filter((line) => line.startsWith(bad.traceId.slice(0, 8)))
  expect(told.length).toBeGreaterThan(0)
  for (const line of told) expect(line.indexOf('where is my tent')).toBe(heads.indexOf('asked'))
})
