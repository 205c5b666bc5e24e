import { createRequire } from 'node:module'

import OpenAI from 'openai'
import { afterEach, expect, test } from 'vitest'

import { setup } from '../setup.ts'
import { startRig } from '../testing/start-rig.ts'
import type { Rig } from '../testing/start-rig.ts'

const require = createRequire(import.meta.url)
const agentsRequire = createRequire(require.resolve('@openai/agents'))

let rig: Rig | undefined

afterEach(async () => {
  await rig?.close()
  rig = undefined
})

interface ClientModule {
  OpenAI: typeof OpenAI
}

function load(from: NodeJS.Require): ClientModule {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the package's CommonJS face
  return from('openai') as ClientModule
}

test('a copy that is loaded but not recorded is named, never claimed', async () => {
  const common = load(require)
  const nested = load(agentsRequire)
  expect(nested).not.toBe(common)
  const clew = setup({
    endpoint: 'http://127.0.0.1:9',
    exitHooks: false,
    autoInstrument: false,
    modules: { openai: common },
  })
  const results = clew.installResults.filter((result) => result.name === 'openai')
  expect(results.map((result) => result.state)).toEqual(['patched', 'wrongCopy'])
  expect(results[1]?.reason).toContain(agentsRequire.resolve('openai'))
  await clew.shutdown(1)
})

test('ESM, CommonJS and nested copies of two majors are all recorded', async () => {
  const copies = [{ OpenAI }, load(require), load(agentsRequire)]
  rig = await startRig({ modules: { openai: OpenAI } })
  expect(
    rig.clew.installResults.filter(({ name, state }) => name === 'openai' && state === 'patched'),
  ).toHaveLength(3)
  for (const copy of copies) {
    const client = new copy.OpenAI({ apiKey: 'k', baseURL: `${rig.model.url}/v1`, maxRetries: 0 })
    // One after the other, so that the order tells which copy it was.
    // oxlint-disable-next-line no-await-in-loop
    await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'q' }] })
  }
  expect(await rig.tree()).toEqual(['chat m [LLM]', 'chat m [LLM]', 'chat m [LLM]'])
})

test('without a module and without a loaded copy the result says what to do', () => {
  const clew = setup({ endpoint: 'http://127.0.0.1:9', exitHooks: false })
  expect(clew.installResults).toContainEqual(
    expect.objectContaining({
      name: 'anthropic',
      state: 'notFound',
      reason: expect.stringContaining('modules') as unknown,
    }),
  )
  return clew.shutdown(1)
})
