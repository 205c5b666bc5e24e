import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { AppManifest, PackageManager } from './app-manifest.ts'
import type { PlannedChange } from './setup-plan.ts'
import { readIfThere } from './write-files.ts'

/** Variables that the app needs, and where they go. */
export interface EnvironmentPlan {
  /** As they are shown: a key by its last characters. */
  lines: string[]
  /** Only for a file that git ignores; a key goes nowhere else. */
  change: PlannedChange | undefined
  /** What is left for the person. */
  byHand: string[]
}

export async function planEnvironment(args: {
  folder: string
  manifest: AppManifest
  packageManager: PackageManager
  /** Where spans go; undefined for the address that the SDK knows. */
  endpoint: string | undefined
  /** A key with the scope ingest, as it was said. */
  key: string | undefined
}): Promise<EnvironmentPlan> {
  const { folder, manifest, packageManager, endpoint, key } = args
  const isNext = 'next' in manifest.dependencies
  const given = [
    ...(endpoint === undefined ? [] : [['CLEW_OTLP_ENDPOINT', endpoint] as const]),
    ['CLEW_OTLP_TOKEN', key] as const,
  ]
  const lines = given.map(([name, value]) => `${name}=${name === 'CLEW_OTLP_TOKEN' ? hint(value) : value}`)
  const isRead =
    isNext ||
    'dotenv' in manifest.dependencies ||
    packageManager === 'bun' ||
    Object.values(manifest.scripts).some((script) => script.includes('--env-file'))
  if (key === undefined) {
    return {
      lines,
      change: undefined,
      byHand: ['set the variables; `clew keys create <name> --scopes ingest` makes a key'],
    }
  }
  const candidates = isNext ? ['.env.local', '.env'] : ['.env']
  const ignored = await Promise.all(candidates.map((name) => isIgnored(folder, name)))
  const path = candidates[ignored.indexOf(true)]
  if (path === undefined) {
    const byHand = [`set the variables; git would track ${candidates.join(' and ')}, so no key was put there`]
    return { lines, change: undefined, byHand }
  }
  const file = join(folder, path)
  const before = await readIfThere(file)
  const missing = given.filter(([name]) => !new RegExp(`^(?:export )?${name}=`, 'm').test(before ?? ''))
  if (missing.length === 0) return { lines, change: undefined, byHand: [] }
  const text = before === undefined || before === '' || before.endsWith('\n') ? (before ?? '') : `${before}\n`
  const after = text + missing.map(([name, value]) => `${name}=${value}\n`).join('')
  return {
    lines,
    change: { path, file, before, after, isSecret: true },
    byHand: isRead
      ? []
      : [
          `nothing in this app reads ${path}: start it with \`node --env-file=${path}\`, or set the variables`,
        ],
  }
}

/** A key as it may be shown. */
function hint(key: string | undefined): string {
  return key === undefined ? '<a key with the scope ingest>' : `…${key.slice(-4)}`
}

/** True only where git says so; without git or a repository a file may be shared, who knows how. */
async function isIgnored(folder: string, name: string): Promise<boolean> {
  const child = spawn('git', ['check-ignore', '--quiet', name], { cwd: folder, stdio: 'ignore' })
  return await new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
}
