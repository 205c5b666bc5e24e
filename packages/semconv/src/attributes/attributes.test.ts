import { readFileSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as attributes from './index.ts'

const constants = Object.entries(attributes).filter(([name]) => name.startsWith('ATTR_'))

it('defines every exported name once, and exports every defined name', () => {
  const defined = attributes.listAttributes().map((definition) => definition.name)
  expect(new Set(defined).size).toBe(defined.length)
  expect(new Set(constants.map(([, value]) => value))).toEqual(new Set(defined))
})

it('names each constant after its attribute', () => {
  for (const [name, value] of constants) {
    const flat = String(value)
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replace(/[^A-Za-z0-9]/g, '_')
      .toUpperCase()
    expect(name).toBe(`ATTR_${flat}`)
  }
})

it('tells content and identifiers from metadata, also for keys that no registry lists', () => {
  const classOf = attributes.createPrivacyClassifier()
  expect(classOf('input.value')).toBe('content')
  expect(classOf('llm.input_messages.0.message.content')).toBe('content')
  expect(classOf('traceloop.entity.input')).toBe('content')
  expect(classOf('genkit:output')).toBe('content')
  expect(classOf('lk.pii.chat_ctx')).toBe('content')
  expect(classOf('user.id')).toBe('identifier')
  expect(classOf('langfuse.user.id')).toBe('identifier')
  expect(classOf('gen_ai.request.model')).toBe('metadata')
  expect(classOf('__proto__')).toBe('metadata')
})

it('says the same of an attribute in its constant as in the registry', () => {
  const folder = new URL('./', import.meta.url)
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('-names.ts') && file !== 'event-names.ts')
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  const commented = [...sources.join('').matchAll(/\/\*\* (.+) \*\/\nexport const \w+ =\s+'(.+)'/g)]
  expect(new Map(commented.map(([, doc, name]) => [name, doc]))).toEqual(
    new Map(attributes.listAttributes().map(({ name, doc }) => [name, doc])),
  )
})
