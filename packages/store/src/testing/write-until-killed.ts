import { openStore } from '../open-store.ts'
import { buildBatch, buildSpan, testNowMs, testOwner, testSpanId, testTraceId } from './build-span.ts'

/**
 * A child process that writes batches for ever and names each on its standard output once it was acknowledged;
 * its parent kills it. Arguments: the store's URL and the number of this process.
 */
const [url = '', number = '0'] = process.argv.slice(2)
const store = await openStore({ url, clock: () => testNowMs })
await store.migrate()
for (let batch = 1; ; batch += 1) {
  const traceId = testTraceId(Number(number) * 100_000 + batch)
  const spans = [1, 2, 3].map((index) => ({
    owner: testOwner(),
    span: buildSpan({ traceId, spanId: testSpanId(index), output: `${batch}.${index}` }),
  }))
  const result = await store.insertBatch(buildBatch(`${number}.${batch}`, { spans }))
  if (result.ok) process.stdout.write(`${traceId}\n`)
}
