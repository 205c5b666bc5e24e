import Anthropic from '@anthropic-ai/sdk'
import { startFakeModel } from '@clew/fake-model'
import type { FakeModel } from '@clew/fake-model'
import OpenAI from 'openai'
import { zodResponseFormat } from 'openai/helpers/zod'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

import { setup } from './setup.ts'
import { agentSpan, manualSpan, traced } from './spans/span-functions.ts'
import { startSink } from './testing/start-sink.ts'
import type { Sink } from './testing/start-sink.ts'

/** Everything that a program can notice of a call, run plain first and then traced. */
type Program = () => Promise<unknown>

let sink: Sink
let model: FakeModel
let openai: OpenAI
let anthropic: Anthropic
const plain = new Map<string, unknown>()

const messages = [{ role: 'user' as const, content: 'Where is order 42?' }]
const chat = { model: 'gpt-5-mini', messages }
const ask = { model: 'claude-sonnet-5', max_tokens: 20, messages }
const mode = (name: string): { headers: { [name: string]: string } } => ({ headers: { 'x-mode': name } })

const programs: { [name: string]: Program } = {
  'a chat completion': async () => strip(await openai.chat.completions.create(chat)),
  'the promise of a call': async () => {
    const promise = openai.chat.completions.create(chat)
    const { constructor } = promise
    const keys = ['asResponse', 'withResponse', 'then', 'catch', 'finally'].map(
      (key) => typeof Reflect.get(promise, key),
    )
    return [
      constructor.name,
      Object.keys(promise),
      keys,
      strip(await promise),
      (await promise) === (await promise),
    ]
  },
  'withResponse and asResponse': async () => {
    const { data, response, request_id: id } = await openai.chat.completions.create(chat).withResponse()
    const raw = await openai.chat.completions.create(chat).asResponse()
    return [strip(data), response.status, response.bodyUsed, typeof id, raw.bodyUsed, strip(await raw.json())]
  },
  'catch and finally': async () => {
    const seen: string[] = []
    await openai.chat.completions
      .create(chat, mode('429'))
      .catch((error: unknown) => seen.push(nameOf(error)))
      .finally(() => seen.push('finally'))
    return seen
  },
  'errors and their fields': async () =>
    await Promise.all(
      ['429', '400', '500'].map(
        async (code) => await caught(openai.chat.completions.create(chat, mode(code))),
      ),
    ),
  'a parsed answer': async () => {
    const format = zodResponseFormat(z.object({ answer: z.number() }), 'a')
    return (await openai.chat.completions.parse({ ...chat, response_format: format })).choices[0]?.message
      .parsed
  },
  'a stream, chunk by chunk': async () => {
    const stream = await openai.chat.completions.create({ ...chat, stream: true })
    return [stream.constructor.name, Object.keys(stream), await collect(stream)]
  },
  'a stream read by hand': async () => {
    const stream = await openai.chat.completions.create({ ...chat, stream: true })
    const iterator = stream[Symbol.asyncIterator]()
    const first = iterator.next()
    const step = await first
    const end = await iterator.return?.()
    return [first.constructor.name, step.done, strip(step.value), end, (await iterator.next()).done]
  },
  'a stream that is read twice': async () => {
    const stream = await openai.chat.completions.create({ ...chat, stream: true })
    await collect(stream)
    return await caught(collect(stream))
  },
  'a stream in two': async () => {
    const [left, right] = (await openai.chat.completions.create({ ...chat, stream: true })).tee()
    return [await collect(left), await collect(right)]
  },
  'a stream as bytes': async () => {
    const stream = await openai.chat.completions.create({ ...chat, stream: true })
    return (await new Response(stream.toReadableStream()).text()).split('\n').length
  },
  'a stream that is cut': async () =>
    await caught(collect(await openai.chat.completions.create({ ...chat, stream: true }, mode('cut')))),
  'a stream that is left early': async () => {
    const stream = await openai.chat.completions.create({ ...chat, stream: true })
    let count = 0
    for await (const chunk of stream) {
      count += chunk.choices.length
      if (count === 2) break
    }
    return [count, stream.controller.signal.aborted]
  },
  'an aborted call': async () => {
    const abort = new AbortController()
    const call = openai.chat.completions.create(chat, { ...mode('hang'), signal: abort.signal })
    setTimeout(() => abort.abort(), 10)
    return await caught(call)
  },
  'helpers with events': async () => {
    const events: string[] = []
    const helper = openai.chat.completions.stream(chat)
    for (const event of ['connect', 'content', 'message', 'end'] as const)
      helper.on(event, () => events.push(event))
    return [await helper.finalContent(), events]
  },
  'the responses API': async () => {
    const stream = await openai.responses.create({ model: 'gpt-5', input: 'x', stream: true })
    return [strip(await openai.responses.create({ model: 'gpt-5', input: 'x' })), await collect(stream)]
  },
  'a mistake in the call': async () => {
    try {
      // @ts-expect-error -- a mistake that plain JavaScript can make
      await openai.chat.completions.create()
      return 'nothing'
    } catch (error) {
      return nameOf(error)
    }
  },
  'anthropic, whole, streamed and by its helper': async () => {
    const stream = await anthropic.messages.create({ ...ask, stream: true })
    const helper = anthropic.messages.stream(ask)
    const events: string[] = []
    helper.on('text', (text) => events.push(text))
    return [
      strip(await anthropic.messages.create(ask)),
      await collect(stream),
      strip(await helper.finalMessage()),
      events,
    ]
  },
  'anthropic errors and raw responses': async () => [
    await caught(anthropic.messages.create(ask, mode('429'))),
    strip(await (await anthropic.messages.create(ask).asResponse()).json()),
  ],
  'what a function returns and throws': async () => {
    const failure = new RangeError('own')
    const child = manual(() => Object.assign(Promise.resolve(1), { cancel: () => 'cancelled' }))
    const results = [
      manual(() => 5),
      await child,
      child.cancel(),
      await manual(async () => await Promise.resolve('x')),
    ]
    const thrown = await caught(manual(async () => await Promise.reject(failure)))
    return [
      results,
      thrown,
      nameOf(
        thrownBy(() =>
          manual(() => {
            throw failure
          }),
        ),
      ),
    ]
  },
}

/** `manualSpan` when tracing runs; before, the function itself. */
let manual: <Result>(fn: () => Result) => Result = (fn) => fn()

beforeAll(async () => {
  sink = await startSink()
  model = await startFakeModel({
    script: ({ headers, body }) => {
      const asked = headers['x-mode']
      if (asked === 'hang') return { fault: { kind: 'hang' } }
      if (asked === 'cut') return { text: 'one two three four', fault: { kind: 'cut', afterChunks: 3 } }
      if (asked !== undefined) return { fault: { kind: 'status', status: Number(asked), code: 'c' } }
      return {
        text: 'response_format' in body ? '{"answer":42}' : 'It left this morning.',
        usage: { input: 9, output: 4 },
      }
    },
  })
  const options = { apiKey: 'k', maxRetries: 0 }
  openai = new OpenAI({ ...options, baseURL: `${model.url}/v1` })
  anthropic = new Anthropic({ ...options, baseURL: model.url })
  for (const [name, run] of Object.entries(programs)) plain.set(name, await run())
  setup({ endpoint: sink.url, exitHooks: false, modules: { openai: OpenAI, anthropic: Anthropic } })
  manual = (fn) => manualSpan({ spanName: 'step' }, fn)
})

afterAll(async () => await Promise.all([sink.close(), model.close()]))

test.each(Object.entries(programs))('%s is the same traced as plain', async (name, run) => {
  expect(await run()).toEqual(plain.get(name))
  expect(await agentSpan({ agentId: 'around' }, run)).toEqual(plain.get(name))
})

function double(value: number): number {
  return value * 2
}

test('functions keep what they are when they are traced', () => {
  const followed = traced(double)
  expect([followed.name, followed(21)]).toEqual(['double', 42])
  expect(OpenAI.Chat.Completions.prototype.create.name).toBe('create')
  expect(Object.keys(OpenAI.Chat.Completions.prototype)).toEqual([])
})

async function collect(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const chunks: unknown[] = []
  for await (const chunk of stream) chunks.push(strip(chunk))
  return chunks
}

async function caught(promise: unknown): Promise<unknown> {
  try {
    await promise
    return 'nothing'
  } catch (error) {
    const own = typeof error === 'object' && error !== null ? Object.keys(error).toSorted() : []
    return [
      nameOf(error),
      error instanceof Error ? error.message : error,
      own.filter((key) => key !== 'requestID'),
    ]
  }
}

function thrownBy(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error
}

/** Without what differs from call to call of the fake server. */
function strip(value: unknown): unknown {
  const text = JSON.stringify(value)
  return text === undefined
    ? value
    : JSON.parse(
        text.replaceAll(/[0-9a-z]{4}fake/g, 'id').replaceAll(/"created(?:_at)?":\d+/g, '"created":0'),
      )
}
