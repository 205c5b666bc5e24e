import { endToEndPaths } from './end-to-end.ts'
import { payloadNames } from './payloads.ts'

// One path in a process of its own, on an engine of its own: what another left in memory is not its cost.
const [path = '', wanted = '', bodies = '30'] = process.argv.slice(2)
const name = payloadNames.find((known) => known === wanted)
const measure = endToEndPaths[path]
if (name === undefined || measure === undefined) throw new Error(`no path ${path} of ${wanted}`)
console.log((await measure(name, Number(bodies))) / Number(bodies))
process.exit(0)
