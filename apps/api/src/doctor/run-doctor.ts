import {
  getProject,
  listIngestReports,
  listRecentRefusals,
  readDatabaseState,
  type Principal,
} from '@clew/control'
import { errorOf } from '@clew/runtime'
import { listDisks, listSkewedSenders, listUnpricedModels, readSchemaState, readUsage } from '@clew/store'
import { unwrap } from '../api-error.ts'
import type { ApiDeps } from '../deps.ts'
import type { ProjectScope } from '../project-scope.ts'
import { checkIngests } from './check-ingest.ts'
import { checkClocks, checkPrices, checkRefusedKeys, checkTroubles, clockLimits } from './check-senders.ts'
import { checkDisks, checkSchema, checkStore } from './check-stores.ts'
import { worstOf, type Finding, type FindingStatus } from './finding.ts'
import { countInWords } from './in-words.ts'

export interface DoctorReport {
  version: string
  /** Where agents send OTLP. */
  otlpUrl: string
  project: { id: string; slug: string; name: string }
  /** That of the worst check. */
  status: FindingStatus
  checks: Finding[]
}

const hourMs = 3_600_000
const skewedMax = 5

interface Patient {
  deps: ApiDeps
  principal: Principal
  project: ProjectScope
}

/** Looks at everything that can be wrong, for one project, and says in words what is and what to do. */
export async function runDoctor(patient: Patient): Promise<DoctorReport> {
  const { deps, principal, project } = patient
  const { id, slug, name } = unwrap(await getProject(deps.control, principal, { project: project.projectId }))
  const isStoreUp = await deps.store.ping()
  const groups = await Promise.all([
    Promise.resolve([checkStore({ isUp: isStoreUp }), describeKey(principal)]),
    lookAtControl(patient),
    isStoreUp ? lookAtStore(patient) : [],
  ])
  const checks = groups.flat()
  const { version, otlpUrl } = deps.config
  return { version, otlpUrl, project: { id, slug, name }, status: worstOf(checks), checks }
}

function describeKey({ kind, label, scopes }: Principal): Finding {
  const title = kind === 'key' ? 'Your key' : 'You'
  return { name: 'key', title, status: 'ok', detail: `${label}: ${[...scopes].join(', ')}` }
}

async function lookAtControl({ deps, project }: Patient): Promise<Finding[]> {
  const { control, clock } = deps
  const nowMs = clock()
  const [reports, refusals] = await Promise.all([
    listIngestReports(control),
    listRecentRefusals(control, { sinceMs: nowMs - hourMs }),
  ])
  return [
    ...checkIngests(reports, { nowMs }),
    ...checkTroubles(reports, project.projectId),
    checkRefusedKeys(refusals),
  ]
}

async function lookAtStore(patient: Patient): Promise<Finding[]> {
  const { store, control, clock } = patient.deps
  const { project } = patient
  const { projectId } = project
  const looks: [name: string, title: string, look: () => Promise<Finding>][] = [
    [
      'schema',
      'Schema',
      async () => {
        const [state, database] = await Promise.all([readSchemaState(store), readDatabaseState(control)])
        return checkSchema({ store: state, isDatabaseMigrated: database.isMigrated })
      },
    ],
    ['disk', 'Disk of the store', async () => checkDisks(await listDisks(store))],
    [
      'clocks',
      'Clocks of senders',
      async () => {
        const receivedSinceMs = clock() - hourMs
        return checkClocks(
          await listSkewedSenders(store, { projectId, receivedSinceMs, ...clockLimits, limit: skewedMax }),
        )
      },
    ],
    [
      'prices',
      'Prices',
      async () => {
        const since = { sinceMs: clock() - 24 * hourMs, limit: 6 }
        return checkPrices(await listUnpricedModels(store, { ...project, ...since }))
      },
    ],
    ['spans', 'Spans', async () => checkSpans((await readUsage(store, { projectId })).spanCount)],
  ]
  return Promise.all(looks.map((look) => attempt(patient.deps, look)))
}

function checkSpans(spanCount: number): Finding {
  const detail = `${countInWords(spanCount, 'span')} stored in this project`
  if (spanCount > 0) return { name: 'spans', title: 'Spans', status: 'ok', detail }
  const advice = 'Send some: the set-up page has a snippet with a key filled in.'
  return { name: 'spans', title: 'Spans', status: 'waiting', detail, advice }
}

/** A look that fails is a finding, too: the others must still be told. */
async function attempt(
  { logger }: ApiDeps,
  [name, title, look]: [name: string, title: string, look: () => Promise<Finding>],
): Promise<Finding> {
  try {
    return await look()
  } catch (error) {
    logger.warn('the doctor could not look', { check: name, error: errorOf(error) })
    return { name, title, status: 'failed', detail: 'could not be looked at; the log of the API says why' }
  }
}
