import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import Anthropic from '@anthropic-ai/sdk'
import { startFakeModel } from '@clew/fake-model'
import { setup } from '@clew/sdk'
import OpenAI from 'openai'

import { findObstacle, toRunUrl } from './connect.ts'
import { readDemoOptions } from './demo-options.ts'
import type { DemoOptions } from './demo-options.ts'
import { createScript } from './model/play-script.ts'
import { playLongRun, playStory } from './runs/conversations.ts'
import { createSay } from './say.ts'
import { createRefundsApi } from './shop/refunds-api.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

try {
  const options = readDemoOptions({ argv: process.argv.slice(2), env: process.env, root })
  const obstacle = await findObstacle(options)
  if (obstacle === undefined) await play(options)
  else fail(obstacle)
} catch (error) {
  fail(error instanceof Error ? error.message : String(error))
}

/** A real agent over real client libraries; only the model behind them is a script. */
async function play(options: DemoOptions): Promise<void> {
  const clew = setup({
    endpoint: options.endpoint,
    ...(options.token === undefined ? {} : { token: options.token }),
    serviceName: 'halden-support',
    serviceVersion: '2.14.0',
    environment: 'demo',
    modules: { openai: OpenAI, anthropic: Anthropic },
  })
  const model = await startFakeModel({ script: createScript(), latency: 'realistic' })
  const context = {
    openai: new OpenAI({ apiKey: 'demo', baseURL: `${model.url}/v1` }),
    anthropic: new Anthropic({ apiKey: 'demo', baseURL: model.url }),
    refunds: createRefundsApi(),
    say: createSay(),
  }
  console.log(`The support desk of Halden, an outdoor shop. Watch it at ${options.webUrl}\n`)
  const { slowSeconds } = options
  const traceId =
    slowSeconds === undefined ? await playStory(context) : await playLongRun(context, slowSeconds)
  await clew.shutdown()
  await model.close()
  const { sent, failed, dropped } = clew.stats()
  console.log(
    `\n${sent} spans and log lines sent${failed + dropped > 0 ? `, ${failed + dropped} lost` : ''}.`,
  )
  console.log(
    `${slowSeconds === undefined ? 'The run that went wrong' : 'The run'}: ${await toRunUrl(options, traceId)}`,
  )
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}
