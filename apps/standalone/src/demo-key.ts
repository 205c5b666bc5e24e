import { access, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createApiKey, listPolicies, systemPrincipal, type Control } from '@clew/control'
import { errorOf, type Logger } from '@clew/runtime'

const lookMs = 1000

/**
 * Leaves a key for `npm run demo` in the data folder, readable by its owner alone, as soon as there is a project.
 * It is an ordinary key: listed, audited and revocable. While the file exists, no other is made.
 */
export function createDemoKey(options: { control: Control; dataDir: string; logger: Logger }): {
  start(): void
  stop(): Promise<void>
} {
  const file = join(options.dataDir, 'demo-key')
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  let isDone = false
  const look = async () => {
    isDone = (await exists(file)) || (await makeKey({ ...options, file }))
  }
  const next = () => {
    looking = look()
      .catch((thrown: unknown) => {
        isDone = true
        options.logger.warn('no key for the demo', { error: errorOf(thrown) })
      })
      .then(() => {
        if (isDone) return
        timer = setTimeout(next, lookMs)
        timer.unref()
      })
  }
  return {
    start: next,
    stop: async () => {
      isDone = true
      clearTimeout(timer)
      await looking
      clearTimeout(timer)
    },
  }
}

/** False while there is no project to make a key for. */
async function makeKey({ control, file }: { control: Control; file: string }): Promise<boolean> {
  const [first] = await listPolicies(control)
  if (first === undefined) return false
  const { organisationId, projectId } = first
  const principal = systemPrincipal({ organisationId, label: 'Clew' })
  const made = await createApiKey(control, principal, {
    projectId,
    name: 'npm run demo',
    scopes: ['ingest', 'read'],
  })
  if (!made.ok) throw new Error(made.error.message)
  // Renamed into place, so that whoever finds the file finds the whole key.
  const draft = `${file}.new`
  await writeFile(draft, `${made.value.secret}\n`, { mode: 0o600 })
  await rename(draft, file)
  return true
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
