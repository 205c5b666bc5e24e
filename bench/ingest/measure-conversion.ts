import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { medianOf } from './cpu.ts'
import type { PayloadName } from './payloads.ts'

export const conversionPaths = [
  'gunzip',
  'decode',
  'columns',
  'columns-redacted',
  'stock',
  'stock-redacted',
] as const
export type ConversionPath = (typeof conversionPaths)[number]

const script = fileURLToPath(new URL('./convert-process.js', import.meta.url))

/** CPU milliseconds for 1,000 spans by path: each three times in turn, the median of the three medians. */
export async function measureConversion(
  name: PayloadName,
  rounds: number,
): Promise<{ [path in ConversionPath]: number }> {
  const times = new Map<ConversionPath, number[]>(conversionPaths.map((path) => [path, []]))
  for (let turn = 0; turn < 3; turn += 1) {
    for (const path of conversionPaths) {
      const { stdout } = await promisify(execFile)(process.execPath, [script, path, name, String(rounds)])
      times.get(path)?.push(Number(stdout))
    }
  }
  const of = (path: ConversionPath): number => medianOf(times.get(path) ?? [])
  return {
    gunzip: of('gunzip'),
    decode: of('decode'),
    columns: of('columns'),
    'columns-redacted': of('columns-redacted'),
    stock: of('stock'),
    'stock-redacted': of('stock-redacted'),
  }
}
