import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorOf } from '@clew/runtime'
import { fail, ok, type Result } from '@clew/domain'

export interface DataDirFailure {
  code: 'data-dir'
  message: string
}

/**
 * Makes the data folder and gives the secret in force: the configured one, else the one kept in the folder, which
 * is made on the first start and readable by its owner alone.
 */
export async function prepareDataDir(options: {
  dataDir: string
  secret?: string
}): Promise<Result<{ secret: string }, DataDirFailure>> {
  const { dataDir, secret } = options
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    return ok({ secret: secret ?? (await keepSecret(join(dataDir, 'secret'))) })
  } catch (thrown) {
    const { message } = errorOf(thrown)
    return fail({ code: 'data-dir', message: `The data folder can't be used (CLEW_DATA_DIR): ${message}` })
  }
}

async function keepSecret(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  if (kept.trim().length >= 32) return kept.trim()
  const secret = randomBytes(32).toString('base64url')
  await writeFile(`${file}.new`, `${secret}\n`, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
  return secret
}
