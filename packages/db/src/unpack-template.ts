import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

const blockSize = 512

/**
 * Unpacks a gzipped tar of plain files and folders, as the engine dumps its data directory. Written synchronously:
 * a thousand small files take half a second that way, and several through the engine's own file system.
 */
export async function unpackTemplate(options: { file: string; directory: string }): Promise<void> {
  const { file, directory } = options
  const tar = await promisify(gunzip)(await readFile(file))
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  let offset = 0
  while (offset + blockSize <= tar.length) {
    const entry = readHeader(tar.subarray(offset, offset + blockSize))
    if (entry === undefined) return
    offset += blockSize
    const path = inside(directory, entry.name)
    if (entry.isDirectory) mkdirSync(path, { recursive: true, mode: 0o700 })
    else writeFileSync(path, tar.subarray(offset, offset + entry.size), { mode: 0o600 })
    offset += Math.ceil(entry.size / blockSize) * blockSize
  }
  throw new Error(`${file} ends early`)
}

function readHeader(block: Buffer): { name: string; size: number; isDirectory: boolean } | undefined {
  const text = (from: number, to: number): string => {
    const field = block.toString('utf8', from, to)
    const end = field.indexOf('\0')
    return (end === -1 ? field : field.slice(0, end)).trim()
  }
  const name = text(0, 100)
  if (name === '') return undefined
  const size = Number.parseInt(text(124, 136) || '0', 8)
  const type = text(156, 157)
  if (Number.isNaN(size) || !['', '0', '5'].includes(type)) throw new Error('not a plain tar file')
  return { name, size, isDirectory: type === '5' }
}

function inside(directory: string, name: string): string {
  const path = normalize(join(directory, name))
  if (!path.startsWith(normalize(directory) + sep)) throw new Error(`"${name}" leaves the directory`)
  return path
}
