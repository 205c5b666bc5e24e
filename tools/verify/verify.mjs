import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkArrows } from './arrows.mjs'
import { checkDocPaths } from './doc-paths.mjs'
import { checkHouseRules } from './house-rules.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const bin = (name) => join(root, 'node_modules', '.bin', name)

/** Everything `npm run verify` holds the code to; each step is independent of the others. */
const steps = [
  { name: 'format', run: () => command(bin('oxfmt'), ['--check', '.']) },
  { name: 'lint', run: () => command(bin('oxlint'), ['--type-aware', '--deny-warnings', '.']) },
  { name: 'types', run: () => command(bin('tsc'), ['-p', 'tsconfig.json']) },
  { name: 'types of web', run: () => command(bin('tsc'), ['-p', 'apps/web/tsconfig.json', '--noEmit']) },
  { name: 'imports', run: () => command(bin('turbo'), ['boundaries']) },
  { name: 'dependency arrows', run: () => report(checkArrows(root)) },
  { name: 'house rules', run: () => report(checkHouseRules(root)) },
  { name: 'documents', run: () => report(checkDocPaths(root)) },
  { name: 'dead exports', run: () => command(bin('knip'), []) },
]

const failed = []
for (const step of steps) {
  const startedAt = Date.now()
  const { passed, output } = await step.run()
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${step.name} (${seconds} s)`)
  if (!passed) {
    failed.push(step.name)
    console.log(output.replaceAll(/^/gm, '     '))
  }
}
if (failed.length > 0) {
  console.log(`verify: ${failed.join(', ')} failed`)
  process.exitCode = 1
}

function report(problems) {
  return { passed: problems.length === 0, output: problems.join('\n') }
}

function command(file, args) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ passed: false, output: error.message }))
    child.on('close', (code) => resolve({ passed: code === 0, output }))
  })
}
