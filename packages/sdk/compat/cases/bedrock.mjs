import { deepEqual, equal } from 'node:assert/strict'
import { createServer } from 'node:http'

import * as bedrock from '@aws-sdk/client-bedrock-runtime'
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { fromUtf8, toUtf8 } from '@smithy/util-utf8'

import { startRig } from '../../src/testing/start-rig.ts'

const codec = new EventStreamCodec(toUtf8, fromUtf8)
const usage = {
  inputTokens: 100,
  outputTokens: 30,
  totalTokens: 130,
  cacheReadInputTokens: 700,
  cacheWriteInputTokens: 200,
}
const message = {
  type: 'message',
  model: 'claude',
  content: [{ type: 'text', text: 'Hello.' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 5, output_tokens: 2 },
}

/** Bedrock on the wire: JSON, and event streams in AWS's binary framing. */
const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => answer(request.url, response))
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const rig = await startRig({ modules: { bedrock } })
const client = new bedrock.BedrockRuntimeClient({
  region: 'us-east-1',
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
  // The default one speaks HTTP/2.
  requestHandler: new NodeHttpHandler({ requestTimeout: 5000 }),
})
const input = {
  modelId: 'm',
  system: [{ text: 'Be brief.' }],
  messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
}

const whole = await client.send(new bedrock.ConverseCommand(input))
equal(whole.output.message.content[0].text, 'Hello.')
const { stream } = await client.send(new bedrock.ConverseStreamCommand(input))
let text = ''
for await (const event of stream) text += event.contentBlockDelta?.delta.text ?? ''
equal(text, 'Hello.')
const body = JSON.stringify({
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 9,
  messages: [{ role: 'user', content: 'Hi' }],
})
const invoked = await client.send(new bedrock.InvokeModelCommand({ modelId: 'm', body }))
equal(JSON.parse(new TextDecoder().decode(invoked.body)).content[0].text, 'Hello.')
const called = await client.send(new bedrock.ConverseCommand({ ...input, modelId: 'tools' }))
equal(called.output.message.content[0].toolUse.name, 'lookup')
const error = await client
  .send(new bedrock.ConverseCommand({ ...input, modelId: 'bad' }))
  .catch((caught) => caught)
equal(error.name, 'ValidationException')

deepEqual(await rig.tree(), [
  ...Array.from({ length: 3 }, () => 'chat m [LLM]'),
  'chat tools [LLM]',
  'chat bad [LLM] failed',
])
const toolCall = rig.sink.span('chat tools').attributes
equal(toolCall['llm.output_messages.0.message.tool_calls.0.tool_call.function.name'], 'lookup')
equal(toolCall['llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments'], '{"id":42}')
const spans = await rig.spans()
for (const span of spans.slice(0, 2)) {
  equal(span.attributes['llm.token_count.prompt'], 1000)
  equal(span.attributes['llm.input_messages.0.message.role'], 'system')
}
for (const span of spans.slice(0, 3))
  equal(span.attributes['llm.output_messages.0.message.content'], 'Hello.')
await rig.close()
server.close()
server.closeAllConnections()

function answer(url, response) {
  if (url.includes('/bad/')) {
    response.writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': 'ValidationException' })
    response.end('{"message":"no such model"}')
  } else if (url.endsWith('/converse-stream')) {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
    for (const [type, value] of [
      ['messageStart', { role: 'assistant' }],
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hel' } }],
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'lo.' } }],
      ['messageStop', { stopReason: 'end_turn' }],
      ['metadata', { usage }],
    ])
      response.write(frame(type, value))
    response.end()
  } else {
    response.writeHead(200, { 'content-type': 'application/json' })
    const toolUse = { toolUseId: 't_1', name: 'lookup', input: { id: 42 } }
    const content = url.includes('/tools/') ? [{ toolUse }] : [{ text: 'Hello.' }]
    const converse = {
      output: { message: { role: 'assistant', content } },
      stopReason: 'end_turn',
      usage,
    }
    response.end(JSON.stringify(url.endsWith('/converse') ? converse : message))
  }
}

function header(value) {
  return { type: 'string', value }
}

function frame(type, value) {
  const headers = {
    ':message-type': header('event'),
    ':event-type': header(type),
    ':content-type': header('application/json'),
  }
  return codec.encode({ headers, body: new TextEncoder().encode(JSON.stringify(value)) })
}
