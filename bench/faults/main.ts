import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { badNeighbours } from './bad-neighbours.ts'
import { diskFull, fileSizeLimit } from './disk-full.ts'
import type { Fault } from './fault.ts'
import { killDuringWrites } from './kill-during-writes.ts'
import { mutatedBodies, mutatedRequests } from './mutated-bodies.ts'
import { killChildren } from './rig.ts'
import { retryEverything } from './retry-everything.ts'
import { slowStore } from './slow-store.ts'
import { soak } from './soak.ts'
import { killDuringReplay, startWithoutStore, storeAway } from './store-away.ts'

const faults: readonly Fault[] = [
  mutatedBodies,
  mutatedRequests,
  badNeighbours,
  retryEverything,
  killDuringWrites,
  killDuringReplay,
  storeAway,
  startWithoutStore,
  slowStore,
  diskFull,
  fileSizeLimit,
]
const firstPort = 4550

interface Row {
  name: string
  seconds: number
  result: string
  isHeld: boolean
}

const [mode = 'faults', ...words] = process.argv.slice(2)
const chosen = mode === 'soak' ? [soak(...words)] : faults.filter((fault) => isWanted(fault, words))
const rows: Row[] = []
for (const [index, fault] of chosen.entries()) rows.push(await runFault(fault, firstPort + 3 * index))
for (const { name, seconds, result, isHeld } of rows) {
  console.log(`${isHeld ? 'held  ' : 'BROKEN'} ${name} (${seconds} s): ${result}`)
}
process.exitCode = rows.length > 0 && rows.every(({ isHeld }) => isHeld) ? 0 : 1

function isWanted({ name }: Fault, wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((word) => name.includes(word))
}

async function runFault(fault: Fault, port: number): Promise<Row> {
  const dir = mkdtempSync(join(tmpdir(), 'clew-fault-'))
  const startedMs = Date.now()
  console.log(`${fault.name} …`)
  try {
    const figures = await fault.run({ dir, port, log })
    const result = Object.entries(figures).map(([name, value]) => `${name} ${value}`)
    return { name: fault.name, seconds: secondsSince(startedMs), result: result.join(', '), isHeld: true }
  } catch (error) {
    const result = error instanceof Error ? error.message : String(error)
    log(`broken: ${result}`)
    return { name: fault.name, seconds: secondsSince(startedMs), result, isHeld: false }
  } finally {
    await killChildren()
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
  }
}

function log(line: string): void {
  console.log(`       ${line}`)
}

function secondsSince(startedMs: number): number {
  return Math.round((Date.now() - startedMs) / 1000)
}
