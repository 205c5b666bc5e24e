import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const rooted = /^(packages|apps|infra|docs|scripts|tools|bench|examples)\//

/** Every path that a document names must exist: links relative to the document, and paths from the root in backticks. */
export function checkDocPaths(root) {
  const documents = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(root, file)) && !file.includes('/recordings/'))
  const problems = []
  for (const document of documents) {
    const text = readFileSync(join(root, document), 'utf8')
    for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(target)) continue
      if (!existsSync(join(root, dirname(document), target)))
        problems.push(`${document}: no such file ${target}`)
    }
    for (const [, target] of text.matchAll(/`([^`\s*<>{}]+)`/g)) {
      if (rooted.test(target) && !existsSync(join(root, target.replace(/[:#].*$/, '')))) {
        problems.push(`${document}: no such path ${target}`)
      }
    }
  }
  return problems
}
