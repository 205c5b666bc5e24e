import type { ProjectId } from '@clew/domain'
import type { PriceOverride } from '@clew/domain/prices'
import type { Control } from '../control.ts'

/** A project's own prices, from memory: the same array until control data change. */
export async function priceOverridesOf(
  control: Control,
  projectId: ProjectId,
): Promise<readonly PriceOverride[]> {
  return (await control.memory.prices(projectId)) ?? []
}
