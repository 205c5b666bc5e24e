// The stand-in for ClickHouse's server; Node 24 reads the TypeScript as it stands.
import { openHttpFront } from '../packages/store/src/testing/http-front.ts'

const front = await openHttpFront({
  directory: '/var/lib/clickhouse/engine',
  host: '0.0.0.0',
  port: 8123,
  password: process.env['CLICKHOUSE_PASSWORD'],
})
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => void front.close().then(() => process.exit(0)))
}
