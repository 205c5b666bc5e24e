import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

import { ConnectionCut, EventStream, sendJson, toChunks } from './answer.ts'
import type { Answer, FakeLatency } from './answer.ts'
import { streamMessage, toMessage } from './anthropic-messages.ts'
import { defaultScript } from './default-script.ts'
import { streamGenerated, toGenerated } from './gemini.ts'
import { asRecord } from './json.ts'
import { sendEmbeddings, streamChatCompletion, toChatCompletion } from './openai-chat.ts'
import { streamResponse, toResponse } from './openai-responses.ts'
import type { FakeFault, FakeReply } from './reply.ts'
import { toFakeRequest } from './request.ts'
import type { FakeApi, FakeRequest } from './request.ts'
import { argumentsText, countUsage } from './tokens.ts'

/** What the model says to a request. */
export type Script = (request: FakeRequest) => FakeReply | Promise<FakeReply>

export interface FakeModel {
  /** Base of the Anthropic and Gemini clients; OpenAI's client takes `${url}/v1`. */
  url: string
  /** Every request that came in, in order. */
  requests: FakeRequest[]
  close(): Promise<void>
}

const latencies: { [name in 'none' | 'realistic']: FakeLatency } = {
  none: { firstTokenMs: 0, chunkMs: 0 },
  realistic: { firstTokenMs: 420, chunkMs: 28 },
}

/** Starts a scripted model server on 127.0.0.1 that speaks OpenAI's, Anthropic's and Gemini's APIs. */
export async function startFakeModel(
  options: { script?: Script; port?: number; latency?: FakeLatency | 'none' | 'realistic' } = {},
): Promise<FakeModel> {
  const script = options.script ?? defaultScript
  const given = options.latency ?? 'none'
  const latency = typeof given === 'string' ? latencies[given] : given
  const requests: FakeRequest[] = []
  const server = createServer((req, res) => {
    handle({ req, res, script, latency, requests }).catch((error: unknown) => {
      if (error instanceof ConnectionCut || res.destroyed) return
      if (res.headersSent) res.destroy()
      else
        sendJson({
          response: res,
          status: 500,
          body: { error: { message: `script failed: ${String(error)}` } },
        })
    })
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the fake model has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Exchange {
  req: IncomingMessage
  res: ServerResponse
  script: Script
  latency: FakeLatency
  requests: FakeRequest[]
}

async function handle(exchange: Exchange): Promise<void> {
  const { req, res, script, latency, requests } = exchange
  const path = req.url ?? '/'
  const body = parseBody(await readBody(req))
  const api = toApi(path)
  if (req.method !== 'POST' || api === undefined || body === undefined) {
    const status = body === undefined ? 400 : 404
    sendJson({
      response: res,
      status,
      body: {
        error: { message: `no such call: ${req.method ?? ''} ${path}`, type: 'invalid_request_error' },
      },
    })
    return
  }
  const headers = Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [name, String(value)]),
  )
  const request = toFakeRequest({ api, index: requests.length, path, headers, body })
  requests.push(request)
  const reply = await script(request)
  if (reply.fault?.kind === 'hang') return
  const delayMs = answerDelayMs({ request, reply, latency })
  if (delayMs > 0) await wait(delayMs)
  if (res.destroyed) return
  if (reply.fault?.kind === 'status') {
    sendFault({ response: res, api, fault: reply.fault })
    return
  }
  const id = `${request.index.toString(36).padStart(4, '0')}fake`
  const usage = countUsage({ request, reply })
  await answerWith({
    answer: { request, reply, usage, id, createdAtSeconds: 1_763_647_200 + request.index },
    res,
    latency,
  })
}

async function answerWith(args: {
  answer: Answer
  res: ServerResponse
  latency: FakeLatency
}): Promise<void> {
  const { answer, res, latency } = args
  const { api } = answer.request
  if (api === 'embeddings') {
    sendEmbeddings(answer, res)
    return
  }
  const headers = { 'x-request-id': `req_${answer.id}`, 'request-id': `req_${answer.id}` }
  if (answer.request.stream) {
    await faces[api].stream(answer, new EventStream({ response: res, answer, latency, headers }))
    return
  }
  if (answer.reply.fault?.kind === 'cut') {
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': '9999' })
    res.write('{"id":')
    res.destroy()
    return
  }
  sendJson({ response: res, status: 200, body: faces[api].body(answer), headers })
}

const faces: {
  [api in Exclude<FakeApi, 'embeddings'>]: {
    body: (answer: Answer) => unknown
    stream: (answer: Answer, stream: EventStream) => Promise<void>
  }
} = {
  chat: { body: toChatCompletion, stream: streamChatCompletion },
  responses: { body: toResponse, stream: streamResponse },
  messages: { body: toMessage, stream: streamMessage },
  gemini: { body: toGenerated, stream: streamGenerated },
}

/** A streamed answer begins with its first token; any other comes when the last one is written. */
function answerDelayMs(args: { request: FakeRequest; reply: FakeReply; latency: FakeLatency }): number {
  const { request, reply, latency } = args
  const firstMs = reply.latencyMs ?? latency.firstTokenMs
  if (request.stream || request.api === 'embeddings') return firstMs
  const calls = (reply.toolCalls ?? []).map((call) => argumentsText(call.arguments))
  const chunks = [reply.reasoning ?? '', reply.text ?? '', ...calls].flatMap(toChunks).length
  return firstMs + chunks * (reply.chunkDelayMs ?? latency.chunkMs)
}

function sendFault(args: {
  response: ServerResponse
  api: FakeApi
  fault: FakeFault & { kind: 'status' }
}): void {
  const { fault, api, response } = args
  const type = fault.type ?? (fault.status === 429 ? 'rate_limit_error' : 'server_error')
  const error = {
    message: fault.message ?? `status ${fault.status}`,
    type,
    code: fault.code ?? null,
    param: null,
  }
  const headers =
    fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) }
  const body = api === 'messages' ? { type: 'error', error: { type, message: error.message } } : { error }
  sendJson({ response, status: fault.status, body, headers })
}

function toApi(path: string): FakeApi | undefined {
  const route = path.split('?')[0] ?? ''
  if (route.endsWith('/chat/completions')) return 'chat'
  if (route.endsWith('/responses')) return 'responses'
  if (route.endsWith('/embeddings')) return 'embeddings'
  if (route.endsWith('/messages')) return 'messages'
  return /:(stream)?generateContent$/i.test(route) ? 'gemini' : undefined
}

async function readBody(req: IncomingMessage): Promise<string> {
  req.setEncoding('utf8')
  let text = ''
  for await (const part of req) text += String(part)
  return text
}

function parseBody(text: string): { [key: string]: unknown } | undefined {
  try {
    return asRecord(JSON.parse(text))
  } catch {
    return undefined
  }
}
