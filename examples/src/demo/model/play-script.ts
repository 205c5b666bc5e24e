import { countTokens } from '@clew/fake-model'
import type { FakeReply, FakeRequest, Script } from '@clew/fake-model'

import { billingScene } from './billing-scene.ts'
import { supportScenes } from './support-scenes.ts'

/** What the model says in one conversation: one line for each time it is asked before the customer speaks again. */
export interface Scene {
  /** Found in the last thing that a person said. */
  cue: RegExp
  lines: readonly FakeReply[]
}

const scenes: readonly Scene[] = [billingScene, ...supportScenes]

/** Plays the demo's model: the scene follows from the question, the line from how often the model spoke since. */
export function createScript(): Script {
  return (request) => {
    if (request.api === 'embeddings') return { latencyMs: 180 + request.promptText.length / 20 }
    const scene = scenes.find(({ cue }) => cue.test(request.lastUserText))
    const line = scene?.lines[countLinesSpoken(request)]
    if (line === undefined)
      return { fault: { kind: 'status', status: 400, message: `no line for: ${request.lastUserText}` } }
    return { ...line, usage: { ...countCache(request), ...line.usage }, ...pace(request) }
  }
}

function countLinesSpoken(request: FakeRequest): number {
  const asked = request.turns.findLastIndex((turn) => turn.role === 'user' && turn.text !== '')
  return request.turns.slice(asked + 1).filter((turn) => turn.role === 'assistant').length
}

/** Providers cache the start of a prompt from about a thousand tokens on, in steps. */
function countCache(request: FakeRequest): { cacheRead?: number } {
  const prompt = countTokens(request.promptText)
  return prompt < 1024 ? {} : { cacheRead: Math.floor((prompt * 0.8) / 128) * 128 }
}

function pace(request: FakeRequest): { latencyMs: number; chunkDelayMs: number } {
  const isBilling = request.api === 'messages'
  return { latencyMs: (isBilling ? 820 : 420) + Math.random() * 180, chunkDelayMs: isBilling ? 34 : 30 }
}
