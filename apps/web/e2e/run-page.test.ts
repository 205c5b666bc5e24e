import { launchBrowser } from '@clew/testing/browser'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSpanId, newTraceId, postDeltas, postSpans } from './support/otlp.ts'
import type { TestSpan } from './support/otlp.ts'
import { openSignedIn } from './support/sign-in.ts'
import { headless, headlessEnvironment, startClew } from './support/start-clew.ts'
import type { RunningClew } from './support/start-clew.ts'

const path = `/p/${headless.project}`
let clew: RunningClew
let browser: Browser

beforeAll(async () => {
  clew = await startClew(headlessEnvironment)
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await clew?.stop()
})

async function post(spans: readonly TestSpan[]): Promise<void> {
  expect(await postSpans({ otlpUrl: clew.otlpUrl, apiKey: headless.apiKey, spans })).toBe(200)
}

function open(traceId: string, query = ''): Promise<Page> {
  return openSignedIn({ browser, url: clew.url, path: `${path}/runs/${traceId}${query}` })
}

function momentOf(page: Page): string | null {
  return new URL(page.url()).searchParams.get('t')
}

/** Drags across an element, from one fraction of its width to another. */
async function drag({ page, from, to, over }: { page: Page; from: number; to: number; over: Locator }) {
  const box = await over.boundingBox()
  if (box === null) throw new Error('What is dragged over is not on the page')
  const at = (fraction: number): [number, number] => [
    box.x + 8 + (box.width - 16) * fraction,
    box.y + box.height / 2,
  ]
  await page.mouse.move(...at(from))
  await page.mouse.down()
  await page.mouse.move(...at(to), { steps: 12 })
  await page.mouse.up()
}

/** A refund that fails once and is tried again, with a sub-agent; half a minute, most of it a gap. */
function toRefund(traceId: string): TestSpan[] {
  const [root, billing, failed] = [newSpanId(), newSpanId(), newSpanId()]
  const startMs = Date.now() - 60_000
  const at = (from: number, to: number) => ({ traceId, startMs: startMs + from, endMs: startMs + to })
  const session = { 'session.id': 's_5521' }
  const call = { 'tool.name': 'refund_order', 'input.value': '{"order_id":"HO-48213","amount":189}' }
  return [
    {
      ...at(0, 30_000),
      spanId: root,
      name: 'support',
      kind: 'AGENT',
      attributes: {
        ...session,
        'agent.name': 'Support Agent',
        'input.value': 'I was charged twice for the Fjell 2 tent',
        'output.value': 'I have refunded €189.00.',
      },
    },
    {
      ...at(100, 1200),
      parentSpanId: root,
      name: 'chat',
      kind: 'LLM',
      attributes: {
        'llm.model_name': 'gpt-5-mini',
        'llm.token_count.prompt': 600,
        'output.value': 'A billing dispute.',
      },
    },
    {
      ...at(1300, 27_000),
      spanId: billing,
      parentSpanId: root,
      name: 'billing',
      kind: 'AGENT',
      attributes: { 'agent.name': 'Billing Agent', 'input.value': 'refund one of them' },
    },
    {
      ...at(1400, 2400),
      spanId: failed,
      parentSpanId: billing,
      name: 'refund_order',
      kind: 'TOOL',
      error: '503 upstream timeout',
      attributes: call,
    },
    {
      ...at(26_000, 26_900),
      parentSpanId: billing,
      name: 'refund_order',
      kind: 'TOOL',
      attributes: { ...call, 'output.value': '{"refund":"rf_20931"}' },
    },
    {
      ...at(27_100, 29_900),
      parentSpanId: root,
      name: 'chat',
      kind: 'LLM',
      attributes: { 'llm.model_name': 'gpt-5-mini', 'output.value': 'I have refunded €189.00.' },
    },
  ]
}

describe('a run that recovered from an error', () => {
  const traceId = newTraceId()

  beforeAll(() => post(toRefund(traceId)))

  test('is told in verbs, and lands on the first thing that went wrong', async () => {
    const page = await open(traceId)
    await page.getByRole('heading', { name: 'I was charged twice for the Fjell 2 tent' }).waitFor()
    const story = page.getByRole('tree', { name: 'Story, step by step' })
    await story.getByText('Handed off').waitFor()
    await story.getByText('Tried again').waitFor()
    expect(await story.getByRole('treeitem', { selected: true }).textContent()).toContain(
      '503 upstream timeout',
    )
    await page.locator('.run-verdict').getByText('First error').waitFor()
    expect(await page.locator('.run-verdict').textContent()).toContain('The run went on and did not fail.')
    const inspector = page.getByRole('region', { name: 'Inspector' })
    await inspector.getByRole('heading', { name: 'refund_order' }).waitFor()
    await page.context().close()
  })

  test('is shown as it stood at the moment in the URL, until one goes to its end', async () => {
    const page = await open(traceId, '?t=2000')
    const story = page.getByRole('tree', { name: 'Story, step by step' })
    await story.getByText('Handed off').waitFor()
    const replay = page.getByRole('group', { name: 'Replay' })
    expect(await replay.textContent()).toContain('2.0 s of 30')
    expect(await story.getByText('Tried again').count()).toBe(0)
    expect(await story.textContent()).toContain('Still running: refund_order')
    await replay.getByRole('button', { name: 'To the end' }).click()
    await story.getByText('Tried again').waitFor()
    await expect.poll(() => momentOf(page)).toBeNull()
    await page.context().close()
  })

  test('is scrubbed with the keys of a slider and with the mouse, and the URL follows', async () => {
    const page = await open(traceId, '?t=2000')
    const story = page.getByRole('tree', { name: 'Story, step by step' })
    const moment = page.getByRole('slider', { name: 'Moment' })
    await story.getByText('Handed off').waitFor()
    const press = async (key: string, t: string) => {
      await moment.press(key)
      await expect.poll(() => momentOf(page)).toBe(t)
    }
    await press('Home', '0')
    await expect.poll(() => story.getByText('Billing Agent').count()).toBe(0)
    await press('ArrowRight', '30')
    await press('PageUp', '3030')
    await press('ArrowLeft', '3000')
    await press('PageDown', '0')
    await press('End', '30000')
    await story.getByText('Tried again').waitFor()
    await drag({ page, from: 1, to: 0.5, over: moment })
    await expect.poll(() => Math.abs(Number(momentOf(page)) - 15_000)).toBeLessThan(3000)
    await expect.poll(() => story.getByText('Tried again').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Replay' }).waitFor()
    await expect.poll(() => momentOf(page)).toBeNull()
    await page.context().close()
  })

  test('plays from its start to its end at the chosen speed, paused and gone on with by key or button', async () => {
    const page = await open(traceId, '?t=0')
    const replay = page.getByRole('group', { name: 'Replay' })
    const speed = replay.getByRole('combobox', { name: 'Speed' })
    await speed.press('End')
    expect(await speed.inputValue()).toBe('32')
    await speed.selectOption('4')
    await replay.getByRole('button', { name: 'Play' }).click()
    await expect.poll(() => Number(momentOf(page))).toBeGreaterThan(0)
    await replay.getByRole('slider', { name: 'Moment' }).press('p')
    await replay.getByRole('button', { name: 'Play' }).waitFor()
    const text = await replay.textContent()
    await speed.selectOption('32')
    expect(await replay.textContent()).toBe(text)
    await replay.getByRole('button', { name: 'Play' }).press('Enter')
    await expect.poll(() => momentOf(page), { timeout: 20_000 }).toBe('30000')
    await replay.getByRole('button', { name: 'Play' }).waitFor()
    await page.getByRole('tree', { name: 'Story, step by step' }).getByText('Tried again').waitFor()
    await page.context().close()
  })

  test('shows the same span in every projection, from the keyboard, with its state in the URL', async () => {
    const page = await open(traceId)
    await page.getByRole('treeitem', { selected: true }).waitFor()
    await page.keyboard.press('j')
    await expect.poll(() => new URL(page.url()).searchParams.get('span')).toMatch(/^[0-9a-f]{16}$/)
    const span = new URL(page.url()).searchParams.get('span')
    await page.keyboard.press('2')
    await page.getByRole('tree', { name: 'Timeline' }).locator(`#bar-${span}[aria-selected="true"]`).waitFor()
    await page.getByText(/s folded/).waitFor()
    await page.keyboard.press('3')
    await page
      .getByRole('tree', { name: 'Execution graph' })
      .locator(`#node-${span}[aria-selected="true"]`)
      .waitFor()
    await page.getByText('hands off').waitFor()
    await page.keyboard.press('4')
    await page.getByText('No events and no log records').waitFor()
    await page.reload()
    const url = new URL(page.url())
    expect([url.searchParams.get('view'), url.searchParams.get('span')]).toEqual(['log', span])
    await page.locator('.run-verdict').waitFor()
    await page.keyboard.press('f')
    await expect.poll(() => new URL(page.url()).searchParams.get('span')).not.toBe(span)
    await page.context().close()
  })

  test('selecting a row in sight moves nothing', async () => {
    const page = await open(traceId, '?view=timeline')
    const rows = page.getByRole('tree', { name: 'Timeline' }).getByRole('treeitem')
    await rows.first().waitFor()
    const before = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().top))
    await page.keyboard.press('k')
    await page.keyboard.press('k')
    const after = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().top))
    expect(after).toEqual(before)
    await page.context().close()
  })

  test('payloads come with the span that is looked at, with where each value came from', async () => {
    const page = await open(traceId)
    const inspector = page.getByRole('region', { name: 'Inspector' })
    await inspector.getByRole('tab', { name: 'Input' }).click()
    await expect.poll(() => inspector.getByText('"HO-48213"').count()).toBe(1)
    await inspector.getByRole('tab', { name: 'Raw + provenance' }).click()
    await inspector.getByText('Where each value came from').waitFor()
    await inspector.getByText('openinference.span.kind').first().waitFor()
    await page.context().close()
  })

  test('its session shows the chat and leads back to the run', async () => {
    const page = await openSignedIn({ browser, url: clew.url, path: `${path}/sessions/s_5521` })
    const turn = page.getByRole('article', { name: 'Turn 1' })
    await turn.getByText('I was charged twice for the Fjell 2 tent').waitFor()
    expect(await turn.textContent()).toContain('I have refunded €189.00.')
    await turn.getByRole('link', { name: /^Turn 1/ }).click()
    await page.waitForURL(`**/runs/${traceId}**`)
    await page.context().close()
  })
})

test('a run opens by itself with its first span, grows while it runs and names the running leaf', async () => {
  const traceId = newTraceId()
  const page = await open(traceId)
  await page.getByText('No such run').waitFor()

  const [root, tool] = [newSpanId(), newSpanId()]
  const startMs = Date.now() - 200
  const agent: TestSpan = {
    traceId,
    spanId: root,
    name: 'support',
    kind: 'AGENT',
    startMs,
    attributes: { 'agent.name': 'Support Agent', 'input.value': 'Where is my parcel?' },
  }
  const track: TestSpan = {
    traceId,
    spanId: tool,
    parentSpanId: root,
    name: 'track_parcel',
    kind: 'TOOL',
    startMs: startMs + 50,
    attributes: { 'tool.name': 'track_parcel' },
  }
  await post([agent])
  await page.getByRole('heading', { name: 'Where is my parcel?' }).waitFor({ timeout: 10_000 })
  await page.locator('.pill', { hasText: 'Running' }).waitFor()

  await post([track])
  await page.locator('.run-verdict').getByRole('button', { name: 'track_parcel' }).waitFor({ timeout: 5000 })
  await expect.poll(() => page.getByText('Still running: track_parcel').count()).toBe(1)

  const endMs = Date.now()
  await post([
    { ...track, endMs, attributes: { ...track.attributes, 'output.value': 'It left Drammen at 11:20' } },
    { ...agent, endMs: endMs + 5 },
  ])
  await page.locator('.pill', { hasText: 'Completed' }).waitFor({ timeout: 10_000 })
  await page.getByText('It left Drammen at 11:20').first().waitFor()
  await page.getByText('Nothing failed.').waitFor()
  await page.context().close()
})

test('a replay writes a streamed answer as it came', async () => {
  const traceId = newTraceId()
  const [root, call] = [newSpanId(), newSpanId()]
  const startMs = Date.now() - 20_000
  const at = { traceId, startMs, endMs: startMs + 4000 }
  await post([
    { ...at, spanId: root, name: 'Support Agent', kind: 'AGENT' },
    {
      ...at,
      spanId: call,
      parentSpanId: root,
      name: 'chat',
      kind: 'LLM',
      attributes: { 'output.value': 'Your parcel is in Bergen.' },
    },
  ])
  const pieces = ['Your ', 'parcel ', 'is in ', 'Bergen.'].map((text, index) => ({
    atMs: startMs + 500 + index * 1000,
    text,
  }))
  const span = { traceId, spanId: call }
  expect(await postDeltas({ otlpUrl: clew.otlpUrl, apiKey: headless.apiKey, span, pieces })).toBe(200)
  const page = await open(traceId, `?t=1600&span=${call}`)
  try {
    await page.getByText('Your parcel', { exact: true }).first().waitFor()
    expect(await page.getByText('Bergen').count()).toBe(0)
  } finally {
    await page.context().close()
  }
})

test('a run that was lost goes on by itself when its sender is heard of again', async () => {
  const traceId = newTraceId()
  const agent = {
    traceId,
    spanId: newSpanId(),
    name: 'Support Agent',
    kind: 'AGENT' as const,
    startMs: Date.now(),
    attributes: { 'clew.span.heartbeat_ms': 1000 },
  }
  await post([agent])
  const page = await open(traceId)
  try {
    const header = page.locator('.run-head')
    await header.getByText('Lost').waitFor()
    const now = Date.now()
    const called = { traceId, parentSpanId: agent.spanId, startMs: now - 20, endMs: now }
    await post([{ ...called, name: 'lookup_order', kind: 'TOOL' }])
    await page.getByText('lookup_order').first().waitFor()
    await post([{ ...agent, endMs: Date.now() }])
    await header.getByText('Completed').waitFor()
    expect(await header.getByText('Lost').count()).toBe(0)
  } finally {
    await page.context().close()
  }
})

test('what went wrong far down is brought into sight, and lies still from then on', async () => {
  const traceId = newTraceId()
  const root = newSpanId()
  const startMs = Date.now() - 60_000
  const calls = Array.from({ length: 80 }, (_, i): TestSpan => {
    const from = startMs + 10 + i * 500
    const call = { traceId, parentSpanId: root, name: 'read_page', kind: 'TOOL' as const }
    return { ...call, startMs: from, endMs: from + 400, ...(i === 60 ? { error: 'ECONNRESET' } : {}) }
  })
  await post([
    { traceId, spanId: root, name: 'Crawler', kind: 'AGENT', startMs, endMs: startMs + 50_000 },
    ...calls,
  ])
  for (const view of ['story', 'timeline', 'graph']) {
    const page = await open(traceId, `?view=${view}`)
    const selected = page.getByRole('treeitem', { selected: true })
    await selected.waitFor()
    await expect
      .poll(() =>
        selected.evaluate((row) => {
          const { top, bottom } = row.getBoundingClientRect()
          return top > 100 && bottom < innerHeight
        }),
      )
      .toBe(true)
    await page.context().close()
  }
})

test('a run of thousands of spans draws only what is in sight', async () => {
  const traceId = newTraceId()
  const root = newSpanId()
  const startMs = Date.now() - 300_000
  const spans = Array.from({ length: 4000 }, (_, i): TestSpan => {
    const from = startMs + 10 + i * 50
    return { traceId, parentSpanId: root, name: 'read_page', kind: 'TOOL', startMs: from, endMs: from + 40 }
  })
  await post([{ traceId, spanId: root, name: 'Crawler', kind: 'AGENT', startMs, endMs: startMs + 250_000 }])
  for (let i = 0; i < spans.length; i += 1000) await post(spans.slice(i, i + 1000))
  const page = await open(traceId)
  const story = page.getByRole('tree', { name: 'Story, step by step' })
  await page.getByText('4,000 steps').waitFor({ timeout: 15_000 })
  expect(await story.getByRole('treeitem').count()).toBeLessThan(120)
  await page.keyboard.press('2')
  const timeline = page.getByRole('tree', { name: 'Timeline' })
  await timeline.getByRole('treeitem').first().waitFor()
  expect(await timeline.getByRole('treeitem').count()).toBeLessThan(120)
  await page.context().close()
})
