import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { PayloadName } from './payloads.ts'

const script = fileURLToPath(new URL('./end-to-end-process.js', import.meta.url))

/** CPU milliseconds for 1,000 spans by path. */
export async function measureEndToEnd(
  name: PayloadName,
  bodies: number,
): Promise<{ ours: number; stock: number; limit: number }> {
  const measure = async (path: string): Promise<number> => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, path, name, String(bodies)])
    return Number(stdout.trim().split('\n').at(-1))
  }
  return { ours: await measure('ours'), stock: await measure('stock'), limit: await measure('limit') }
}
