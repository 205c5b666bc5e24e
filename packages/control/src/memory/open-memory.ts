import type { Db } from '@clew/db'
import type { ProjectId } from '@clew/domain'
import type { PriceOverride } from '@clew/domain/prices'
import { loadKey } from '../api-key/load-key.ts'
import type { KnownKey } from '../api-key/load-key.ts'
import { loadPersonAccess } from '../member/load-person-access.ts'
import type { PersonAccess } from '../member/load-person-access.ts'
import { loadPriceOverrides } from '../price/load-price-overrides.ts'
import { toPriceOverride } from '../price/price-override.ts'
import { loadPolicies } from '../retention/load-policies.ts'
import type { ProjectPolicy } from '../retention/load-policies.ts'
import { EpochCache } from './epoch-cache.ts'
import { EpochGuard } from './epoch-guard.ts'

export const controlChannel = 'clew_control'

/** What authentication and retention read on every request, kept until control data change anywhere. */
export interface Memory {
  /** By SHA-256 of the secret. */
  key(sha256: string): Promise<KnownKey | undefined>
  /** Newest first. */
  policies(projectId: ProjectId): Promise<ProjectPolicy[] | undefined>
  /** The same array until control data change. */
  prices(projectId: ProjectId): Promise<readonly PriceOverride[] | undefined>
  person(personId: string): Promise<PersonAccess | undefined>
  /** Call after a change of one's own. */
  forget(): void
  close(): Promise<void>
}

export async function openMemory(db: Db): Promise<Memory> {
  const keys = new EpochCache((sha256: string) => loadKey(db, sha256))
  const policies = new EpochCache((projectId: ProjectId) => loadPolicies(db, projectId))
  const persons = new EpochCache((personId: string) => loadPersonAccess(db, personId))
  const prices = new EpochCache(async (projectId: ProjectId): Promise<readonly PriceOverride[]> => {
    return (await loadPriceOverrides(db, projectId)).map(toPriceOverride)
  })
  const caches = [keys, policies, persons, prices]
  const guard = new EpochGuard({ db, onChange: () => caches.forEach((cache) => cache.clear()) })
  const stop = await db.listen({
    channel: controlChannel,
    onMessage: (epoch) => guard.changed(Number(epoch)),
    onGap: () => guard.changed(undefined),
  })
  const read = async <Key extends string, Value>(
    cache: EpochCache<Key, Value>,
    key: Key,
  ): Promise<Value | undefined> => {
    await guard.fresh()
    return await cache.get(key)
  }
  return {
    key: async (sha256) => await read(keys, sha256),
    policies: async (projectId) => await read(policies, projectId),
    prices: async (projectId) => await read(prices, projectId),
    person: async (personId) => await read(persons, personId),
    forget: () => guard.changed(undefined),
    close: async () => await stop(),
  }
}
