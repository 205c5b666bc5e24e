import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppManifest } from './app-manifest.ts'

/** What the entry file writes to import `clew` beside it: as it imports its other neighbours, else as the compiler wants. */
export function importSpecifier(args: {
  folder: string
  manifest: AppManifest
  entry: string
  text: string
}): string {
  const { folder, manifest, entry, text } = args
  const extension = /\.[cm]?[jt]s$/.exec(entry)?.[0] ?? '.js'
  if (extension.endsWith('js')) return `./clew${extension}`
  const compiled = extension.replace('t', 'j')
  const neighbours = [...text.matchAll(/(?:\bfrom|\bimport) *['"](\.{1,2}\/[^'"]*)['"]/g)].map(
    ([, path = '']) => path,
  )
  if (neighbours.some((path) => path.endsWith(extension))) return `./clew${extension}`
  if (neighbours.some((path) => path.endsWith(compiled))) return `./clew${compiled}`
  if (extension !== '.ts') return `./clew${compiled}`
  if (neighbours.length > 0) return './clew'
  const tsconfig = readTsconfig(folder)
  if (/"(?:allowImportingTsExtensions|rewriteRelativeImportExtensions)": *true/.test(tsconfig))
    return './clew.ts'
  if (runsSource(manifest)) return './clew.ts'
  const isBundled = /"moduleResolution": *"bundler"/i.test(tsconfig)
  return manifest.type === 'module' && !isBundled ? './clew.js' : './clew'
}

function readTsconfig(folder: string): string {
  const path = join(folder, 'tsconfig.json')
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** Node itself runs the TypeScript, and looks for files by their own names. */
function runsSource({ scripts }: AppManifest): boolean {
  return Object.values(scripts).some(
    (script) => /\bnode\b[^&|;]*\.ts\b/.test(script) && !/\btsx\b|ts-node/.test(script),
  )
}
