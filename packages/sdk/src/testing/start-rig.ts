import { startFakeModel } from '@clew/fake-model'
import type { FakeModel, FakeReply, FakeRequest } from '@clew/fake-model'

import type { ClewTracing } from '../clew-tracing.ts'
import type { SetupOptions } from '../config/setup-options.ts'
import { setup } from '../setup.ts'
import { startSink } from './start-sink.ts'
import type { Sink, SinkSpan } from './start-sink.ts'
import { toTree } from './to-tree.ts'

type Script = (request: FakeRequest) => FakeReply

/** A model server, a receiver and tracing between them. */
export interface Rig {
  clew: ClewTracing
  sink: Sink
  model: FakeModel
  /** What the model says from now on. */
  answer(script: Script): void
  /** What has arrived, as lines of `name [kind]`, indented under their parents, in the order of their starts. */
  tree(): Promise<string[]>
  spans(): Promise<SinkSpan[]>
  clear(): void
  close(): Promise<void>
}

export async function startRig(options: SetupOptions = {}): Promise<Rig> {
  let script = answerOk
  const sink = await startSink()
  const model = await startFakeModel({ script: (request) => script(request) })
  const clew = setup({ endpoint: sink.url, serviceName: 'rig', exitHooks: false, live: false, ...options })
  const spans = async (): Promise<SinkSpan[]> => {
    await clew.forceFlush()
    return sink.spans()
  }
  return {
    clew,
    sink,
    model,
    answer: (next) => {
      script = next
    },
    spans,
    tree: async () => toTree(await spans()),
    clear: () => {
      sink.requests.length = 0
      model.requests.length = 0
    },
    close: async () => {
      await clew.shutdown()
      await Promise.all([sink.close(), model.close()])
    },
  }
}

const answerOk: Script = () => ({ text: 'ok' })
