import { existsSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { AppManifest } from './app-manifest.ts'
import { notUnderstood } from './not-understood.ts'

const conventional = ['src/index', 'src/main', 'src/server', 'src/app', 'index', 'main', 'server', 'app']
const extensions = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs']
const isProgram = /\.[cm]?[jt]s$/
const built = /^(?:\.\/)?(?:dist|build|out|lib)\//

/** Flags of Node and its runners whose value is a file that is not the program. */
const takesFile = /^(?:-r|--require|--import|--loader|--experimental-loader|-c|--config|--project|-P)$/

/** Frameworks that start the app's code themselves, in a way that this verb does not know. */
const foreign = [
  '@angular/core',
  '@cloudflare/workers-types',
  '@remix-run/node',
  '@react-router/dev',
  '@sveltejs/kit',
  'astro',
  'electron',
  'expo',
  'gatsby',
  'nuxt',
  'react-native',
  'react-scripts',
  'vite',
  'wrangler',
]

/** The file with which the app starts, relative to its folder: what is said, what scripts run, what the manifest names. */
export function findEntry(args: {
  folder: string
  manifest: AppManifest
  given?: string | undefined
}): string {
  const { folder, manifest, given } = args
  if (given !== undefined) {
    const path = relative(folder, resolve(folder, given))
    if (!isProgram.test(path)) throw notUnderstood(`${given} is no JavaScript or TypeScript file`)
    if (!isFile(folder, path)) throw notUnderstood(`there is no ${given} in ${folder}`)
    return path
  }
  const named = [
    ...filesOf(manifest.scripts['start']),
    ...filesOf(manifest.scripts['dev']),
    ...(manifest.main === undefined ? [] : [manifest.main]),
    ...binsOf(manifest),
  ]
  for (const file of named) {
    const found = toSource(folder, file)
    if (found !== undefined) return found
  }
  const framework = foreign.find((name) => name in manifest.dependencies || name in manifest.devDependencies)
  if (framework !== undefined) {
    throw notUnderstood(
      `this app is started by ${framework}, which \`clew instrument\` does not know. Call setup() of @clew/sdk where its server starts, or name that file with --entry`,
    )
  }
  for (const base of conventional) {
    const found = extensions.map((extension) => `${base}.${extension}`).find((path) => isFile(folder, path))
    if (found !== undefined) return found
  }
  if (manifest.workspaces !== undefined || existsSync(join(folder, 'pnpm-workspace.yaml'))) {
    throw notUnderstood('this is the root of a workspace; name the folder of one app')
  }
  throw notUnderstood('no file was found with which the app starts; name it with --entry')
}

/** The programs that a script runs. */
function filesOf(script: string | undefined): string[] {
  const words = (script ?? '').split(/\s+/).map((word) => word.replaceAll(/^["']|["']$/g, ''))
  return words.filter((word, index) => isProgram.test(word) && !takesFile.test(words[index - 1] ?? ''))
}

/** One program, however many names it has; of several, none is the app. */
function binsOf({ bin }: AppManifest): string[] {
  const files = new Set(typeof bin === 'object' ? Object.values(bin) : bin === undefined ? [] : [bin])
  return files.size === 1 ? [...files] : []
}

/** What was built is written anew by the next build, so its source is meant. */
function toSource(folder: string, file: string): string | undefined {
  const path = file.replace(/^\.\//, '')
  if (path.startsWith('../')) return undefined
  if (!built.test(path)) return isFile(folder, path) ? path : undefined
  const base = path.replace(built, '').replace(/(?:\.[cm]?js)?$/, '')
  return [`src/${base}`, base, base.replace(/^src\//, '')]
    .flatMap((bare) => extensions.map((extension) => `${bare}.${extension}`))
    .find((source) => isFile(folder, source))
}

function isFile(folder: string, path: string): boolean {
  return statSync(join(folder, path), { throwIfNoEntry: false })?.isFile() ?? false
}
