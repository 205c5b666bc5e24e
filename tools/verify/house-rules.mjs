import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Rules of the house that no published linter knows. Each has the files it speaks of, what it looks for,
 * and the words a reader gets.
 */
const rules = [
  {
    name: 'environment',
    says: 'process.env is read in one config.ts per deployable',
    applies: (file) =>
      isSource(file) &&
      !/(^|\/)config\.ts$/.test(file) &&
      !file.endsWith('.config.ts') &&
      !file.includes('testing/'),
    breaks: (text) => /\bprocess\.env\s*[.[]/.test(text),
  },
  {
    name: 'clickhouse',
    says: 'only packages/store speaks ClickHouse',
    applies: (file) => isSource(file) && !file.startsWith('packages/store/'),
    breaks: (text) => /from '(@clickhouse\/client|chdb)[^']*'|import\('chdb/.test(text),
  },
  {
    name: 'postgres',
    says: 'only packages/db opens Postgres; control writes its queries with drizzle',
    applies: (file) => isSource(file) && !file.startsWith('packages/db/'),
    breaks: (text) => /from '(pg|@electric-sql\/pglite)[^']*'|import\('(pg|@electric-sql)/.test(text),
  },
  {
    name: 'embedded-drivers',
    says: 'chdb and PGlite are loaded in one file each',
    applies: (file) =>
      isSource(file) && !/(chdb|pglite)[a-z-]*\.ts$/.test(file) && !file.includes('/testing/'),
    breaks: (text) => /import\('(chdb|@electric-sql\/pglite)/.test(text),
  },
  {
    name: 'project-bound',
    says: 'every store query binds projectId',
    applies: (file) => /^packages\/store\/src\/queries\/[^/]+\.ts$/.test(file) && isSource(file),
    breaks: (text) => /\b(SELECT|DELETE)\b[^]*\bFROM\b/.test(text) && !/project_?[iI]d|projectId/.test(text),
  },
  {
    name: 'api-types-only',
    says: 'client and web import types of the API, never values',
    applies: (file) => isSource(file) && /^(packages\/client|apps\/web)\//.test(file),
    breaks: (text) => /^import (?!type\b)[^\n]*from '@clew\/api'/m.test(text),
  },
  {
    name: 'own-index',
    says: 'a package never imports its own index',
    applies: (file) => isSource(file) && /^(packages|apps)\//.test(file) && !file.startsWith('apps/web/'),
    breaks: (text, file) =>
      new RegExp(`from '@clew/${file.split('/')[1]}'`).test(text) || /from '\.\/index\.ts'/.test(text),
  },
  {
    name: 'shape',
    says: 'nothing asks which shape it runs in',
    applies: (file) => isSource(file),
    breaks: (text) => /\b(isEmbedded|isStandalone|singleProcess|localMode)\b/.test(text),
  },
  {
    name: 'test-clock',
    says: 'tests never sleep to wait',
    applies: (file) => /\.test\.tsx?$/.test(file),
    breaks: (text) => /setTimeout\((r|resolve|done)\b|waitForTimeout|timers\/promises/.test(text),
  },
  {
    name: 'suppressions',
    says: 'a rule is only ever suppressed for one line, by name, with the reason behind --',
    applies: (file) => isSource(file),
    breaks: (text) =>
      /@ts-ignore|@ts-expect-error|eslint-disable|oxlint-disable(?!-next-line [\w/, -]+ -- \S)/.test(text),
  },
]

export function checkHouseRules(root) {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter(Boolean)
  const problems = []
  for (const file of files) {
    const relevant = rules.filter((rule) => rule.applies(file))
    if (relevant.length === 0) continue
    const text = readText(join(root, file))
    for (const rule of relevant) {
      if (rule.breaks(text, file)) problems.push(`${file}: ${rule.says} (${rule.name})`)
    }
  }
  return problems
}

function isSource(file) {
  return /\.tsx?$/.test(file) && !/\.(test|bench|test-d)\.tsx?$|\/e2e\/|\.d\.ts$/.test(file)
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return ''
    throw error
  }
}
