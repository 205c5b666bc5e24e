import { join } from 'node:path'
import type { CliEnvironment } from '@clew/cli'

/** What the command line finds on a plain terminal of a hundred columns, with a folder of its own and no address. */
export function testCliEnvironment(folder: string): CliEnvironment {
  return {
    url: undefined,
    token: undefined,
    project: undefined,
    credentialsFile: join(folder, 'credentials.json'),
    standalone: undefined,
    noColor: false,
    forceColor: false,
    columns: 100,
    isDumb: false,
    folder,
  }
}
