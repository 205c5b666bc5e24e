import { realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { AppManifest } from './app-manifest.ts'
import { drawSetup } from './draw-setup.ts'
import { findEntry } from './find-entry.ts'
import { importSpecifier } from './import-specifier.ts'
import { insertFirst } from './insert-first.ts'
import { libraries, listSelfTold, sayByHand } from './libraries.ts'
import type { Library } from './libraries.ts'
import { notUnderstood } from './not-understood.ts'
import type { PlannedChange, SetupPlan } from './setup-plan.ts'
import { readStyle } from './source-style.ts'
import type { SourceStyle } from './source-style.ts'
import { readIfThere } from './write-files.ts'

/** The set-up of an app that Node starts: a file that calls `setup()`, and its import as the first line of the entry. */
export async function planApp(args: {
  folder: string
  manifest: AppManifest
  entry?: string | undefined
}): Promise<SetupPlan> {
  const { folder, manifest } = args
  const entry = findEntry({ folder, manifest, given: args.entry })
  const file = await realpath(join(folder, entry))
  const text = (await readIfThere(file)) ?? ''
  const style = readStyle({ text, path: entry, isModule: manifest.type === 'module' })
  const used = findUsed(manifest)
  const byHand = sayByHand(manifest.dependencies)
  const plan = { entry, recorded: listRecorded(manifest, used), byHand }
  if (/['"]@clew\/sdk['"]/.test(text)) return { ...plan, changes: [] }
  const extension = /\.[cm]?[jt]s$/.exec(entry)?.[0] ?? ''
  const setup = await planSetupFile({
    file: join(dirname(file), `clew${extension}`),
    path: join(dirname(entry), `clew${extension}`),
    style,
    manifest,
    used,
  })
  byHand.push(...setup.byHand)
  if (/['"]\.\/clew(?:\.[cm]?[jt]s)?['"]/.test(text)) return { ...plan, changes: setup.changes }
  const specifier = `${style.quote}${importSpecifier({ folder, manifest, entry, text })}${style.quote}`
  const line = style.isImporting ? `import ${specifier}${style.end}` : `require(${specifier})${style.end}`
  const change = { path: entry, file, before: text, after: insertFirst(text, line) }
  return { ...plan, changes: [...setup.changes, change] }
}

/** The file that calls `setup()`, unless it is there; one of the same name that does something else is left alone. */
export async function planSetupFile(args: {
  file: string
  path: string
  style: SourceStyle
  manifest: AppManifest
  used: readonly Library[]
  loadsEnvironment?: boolean
}): Promise<{ changes: PlannedChange[]; byHand: string[] }> {
  const { file, path, style, manifest, used, loadsEnvironment = false } = args
  const there = await readIfThere(file)
  if (there === undefined) {
    const loadsDotenv = !loadsEnvironment && 'dotenv' in manifest.dependencies
    const after = drawSetup({ style, serviceName: manifest.name, libraries: used, loadsDotenv })
    return { changes: [{ path, file, before: undefined, after }], byHand: [] }
  }
  if (!there.includes('@clew/sdk')) {
    throw notUnderstood(`${path} exists and is no set-up of Clew; it was left alone`)
  }
  const missing = style.isImporting ? used.filter(({ from }) => !there.includes(from)) : []
  const byHand = missing.map(({ from, option }) => `${path} does not hand over ${from} (modules.${option})`)
  return { changes: [], byHand }
}

/** Libraries of the manifest that `setup()` is handed; what only development has is not there at run time. */
export function findUsed({ dependencies }: AppManifest): Library[] {
  return libraries.filter(({ packageName }) => packageName in dependencies)
}

export function listRecorded(manifest: AppManifest, used: readonly Library[]): string[] {
  return [...new Set([...used.map(({ packageName }) => packageName), ...listSelfTold(manifest.dependencies)])]
}
