// Makes a migrated, empty data directory of the embedded engine, which a first start unpacks instead of running
// initdb. Without it everything works, some seconds slower.
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'

const out = fileURLToPath(new URL('../dist/pglite-template.tar.gz', import.meta.url))
const engine = await PGlite.create()
await migrate(drizzle(engine), { migrationsFolder: fileURLToPath(new URL('../migrations', import.meta.url)) })
await engine.exec('vacuum full')
await engine.exec('checkpoint')
const template = await engine.dumpDataDir('gzip')
await engine.close()
await mkdir(new URL('../dist/', import.meta.url), { recursive: true })
// Written aside and renamed: a reader meets the whole file or none.
const draft = `${out}.${process.pid}`
await writeFile(draft, Buffer.from(await template.arrayBuffer()))
await rename(draft, out)
