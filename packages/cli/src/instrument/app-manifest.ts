import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { notUnderstood } from './not-understood.ts'

const packageManagers = ['pnpm', 'yarn', 'bun', 'npm'] as const
export type PackageManager = (typeof packageManagers)[number]

const lockfiles: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
]

const strings = z.record(z.string(), z.string()).catch({})
const manifest = z.looseObject({
  name: z.string().optional().catch(undefined),
  type: z.enum(['module', 'commonjs']).catch('commonjs'),
  main: z.string().optional().catch(undefined),
  bin: z.union([z.string(), strings]).optional().catch(undefined),
  scripts: strings,
  dependencies: strings,
  devDependencies: strings,
  workspaces: z.unknown().optional(),
  packageManager: z.string().optional().catch(undefined),
})

export type AppManifest = z.output<typeof manifest>

/** The app's package.json, with what is of the wrong type left out. */
export function readManifest(folder: string): AppManifest {
  const path = join(folder, 'package.json')
  if (!existsSync(path)) {
    throw notUnderstood(
      `${folder} has no package.json. Apps in other languages send OTLP with the exporter that they have`,
    )
  }
  try {
    return manifest.parse({
      type: undefined,
      scripts: undefined,
      dependencies: undefined,
      devDependencies: undefined,
      ...toObject(JSON.parse(readFileSync(path, 'utf8'))),
    })
  } catch (error) {
    throw notUnderstood(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** By the manifest's word, else by the nearest lockfile upwards, as in a workspace. */
export function findPackageManager(folder: string, { packageManager }: AppManifest): PackageManager {
  const named = packageManagers.find((name) => packageManager?.startsWith(`${name}@`))
  if (named !== undefined) return named
  for (let at = folder; ; at = dirname(at)) {
    const found = lockfiles.find(([file]) => existsSync(join(at, file)))
    if (found !== undefined) return found[1]
    if (dirname(at) === at) return 'npm'
  }
}

function toObject(value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new Error('it is not an object')
}
