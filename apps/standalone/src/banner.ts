import { relative } from 'node:path'
import type { Standalone } from './create-standalone.ts'

/** What a person needs to know once Clew listens, and nothing else. */
export function toBanner({ standalone, dataDir }: { standalone: Standalone; dataDir: string }): string {
  const { version, url, otlpUrl, firstRunLink } = standalone
  const near = relative('.', dataDir)
  const folder = near === '' || near.startsWith('..') ? dataDir : near
  const lines = [
    '',
    `  Clew ${version} is listening`,
    '',
    `  Open    ${url}`,
    `  OTLP    ${otlpUrl}`,
    `  Data    ${folder}`,
    '',
  ]
  if (firstRunLink !== undefined)
    lines.push('  First start: create your account here', `  ${firstRunLink}`, '')
  return `${lines.join('\n')}\n`
}
