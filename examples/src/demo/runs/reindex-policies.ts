import { manualSpan, task } from '@clew/sdk'

import type { DemoContext } from '../agents/demo-context.ts'
import { pause } from '../shop/pause.ts'
import { policies } from '../shop/policies.ts'

/** The task that keeps the policy index fresh: loads, embeds, writes. */
export async function reindexPolicies(context: DemoContext): Promise<void> {
  await task(
    {
      name: 'Rebuild the policy index',
      type: 'reindex',
      input: { source: 'policies', documents: policies.length },
    },
    async (job) => {
      context.say('task', 'rebuilds the policy index')
      await job.phase('load', async () => {
        job.log('setup', `reading ${policies.length} documents from policies/`)
        await pause(1400)
      })
      const vectors = await job.phase(
        'embed',
        async () => await embed(context, (line) => job.log('run', line)),
      )
      job.status('uploading')
      await job.phase('write', async () => {
        await manualSpan(
          { spanName: 'write index', spanKind: 'TOOL', input: { collection: 'policies', vectors } },
          async (span) => {
            await pause(1900)
            span.setOutput({ written: vectors, replaced: 1 })
          },
        )
        job.log('task', `index policies@${new Date().toISOString().slice(0, 10)} is live`)
      })
      job.setOutput({ documents: policies.length, vectors })
      context.say('task', `policy index rebuilt, ${vectors} vectors`)
    },
  )
}

async function embed(context: DemoContext, log: (line: string) => void): Promise<number> {
  let vectors = 0
  for (let at = 0; at < policies.length; at += 3) {
    const batch = policies.slice(at, at + 3)
    const input = batch.map((policy) => `${policy.title}\n${policy.text}`)
    const result = await context.openai.embeddings.create({ model: 'text-embedding-3-small', input })
    vectors += result.data.length
    log(`embedded ${batch.map(({ id }) => id).join(', ')}`)
    await pause(500)
  }
  return vectors
}
