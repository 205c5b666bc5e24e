import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { CliError } from './cli-error.ts'

const credentials = z.object({
  url: z.string().optional(),
  token: z.string().optional(),
  project: z.string().optional(),
})
export type Credentials = z.infer<typeof credentials>

/** What `clew login` has kept; nothing when it has not. */
export async function readCredentials(file: string): Promise<Credentials> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw new CliError({ exit: 'usage', message: `${file} cannot be read: ${error.message}` })
  })
  const parsed = credentials.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new CliError({ exit: 'usage', message: `${file} is damaged; \`clew login\` writes it anew` })
}

/** Keeps them readable by their owner alone. */
export async function writeCredentials(file: string, kept: Credentials): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, `${JSON.stringify(kept, undefined, 2)}\n`, { mode: 0o600 })
  await chmod(file, 0o600)
}

export async function removeCredentials(file: string): Promise<void> {
  await rm(file, { force: true })
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
