import { expect, it } from 'vitest'
import { titleOfRun } from './run-facts.ts'

it.for([
  ['what was asked', 'Where is my order?', 'Where is my order?'],
  ['the words in JSON', '{"question":"Where is my order?"}', 'Where is my order?'],
  ['its name where the input is data', '{"source":"policies","documents":9}', 'index policies'],
  ['its name where nothing was asked', undefined, 'index policies'],
  ['its name where the input says nothing', '', 'index policies'],
] as const)('calls a run by %s', ([, inputPreview, title]) => {
  expect(titleOfRun({ name: 'index policies', inputPreview })).toBe(title)
})
