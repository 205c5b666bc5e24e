import { readFile } from 'node:fs/promises'

import { expect, test } from 'vitest'

import { Attr } from './attr.ts'
import * as root from './index.ts'
import * as semconv from './semconv.ts'
import { sdkName, sdkVersion } from './version.ts'

test('spans carry the name and version of the package', async () => {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ name: sdkName, version: sdkVersion })
})

test('names of attributes are found by their constants', () => {
  expect(Attr.SESSION_ID).toBe('session.id')
  expect(semconv.OpenInferenceAttribute.INPUT_VALUE).toBe('input.value')
  expect(semconv.MessageRole.Tool).toBe('tool')
})

test('the package offers what it promises', () => {
  const functions = [
    'setup',
    'agentSpan',
    'manualSpan',
    'startAgentSpan',
    'startManualSpan',
    'traced',
    'task',
  ]
  const errors = ['ClewTracingError', 'InvalidSdkInputError', 'InvalidTracerInputError']
  expect(Object.keys(root)).toEqual(
    expect.arrayContaining([...functions, ...errors, 'Attr', 'SpanKindValues']),
  )
})

test('a call without a function is refused by name, before anything is recorded', () => {
  // @ts-expect-error -- a mistake that plain JavaScript can make
  expect(() => root.manualSpan({ spanName: 'x' })).toThrow(root.InvalidSdkInputError)
})
