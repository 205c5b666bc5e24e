import { defineConfig } from 'vitest/config'

const source = {
  resolve: { conditions: ['@clew/source', 'node', 'default'] },
  ssr: { resolve: { conditions: ['@clew/source', 'node', 'default'] } },
}

/**
 * `unit` runs pure code. `stores` opens embedded ClickHouse and Postgres, which crash in worker
 * threads, so it forks. `e2e` drives a real browser against a built product and runs alone.
 */
export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: [
            'packages/{semconv,privacy,domain,sdk,runtime,client,cli,testing,fake-model}/src/**/*.test.ts',
            'tools/**/*.test.ts',
            'scripts/**/*.test.ts',
            'apps/web/src/**/*.test.{ts,tsx}',
          ],
          pool: 'threads',
          // A machine that is busy with the other projects may take its time over a burst of spans.
          testTimeout: 30_000,
        },
      },
      {
        ...source,
        test: {
          name: 'stores',
          include: [
            'packages/{store,db,control}/src/**/*.test.ts',
            'apps/{ingest,api,standalone}/src/**/*.test.ts',
          ],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...source,
        test: {
          name: 'e2e',
          include: ['apps/web/e2e/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 1 },
          fileParallelism: false,
        },
      },
    ],
  },
})
