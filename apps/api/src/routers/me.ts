import { getOrganisation, getPerson, listProjects, type Person, type Project } from '@clew/control'
import type { OrganisationId } from '@clew/domain'
import { found, unwrap } from '../api-error.ts'
import { knownProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export interface Me {
  person: Person
  organisation: { id: OrganisationId; name: string }
  projects: Project[]
  /** What the person may do, in every project listed. */
  scopes: string[]
}

export const meRouter = router({
  get: knownProcedure.query(async ({ ctx }): Promise<Me> => {
    const { control, principal } = ctx
    const person = found(await getPerson(control, principal), 'person behind this key')
    const organisation = found(await getOrganisation(control, principal), 'organisation')
    const projects = unwrap(await listProjects(control, principal))
    return { person, organisation, projects, scopes: [...principal.scopes] }
  }),
})
