import {
  createPriceOverride,
  createPriceOverrideInput,
  deletePriceOverride,
  deletePriceOverrideInput,
  listPriceOverrides,
  listPriceOverridesInput,
  priceOverridesOf,
  type ProjectPrice,
} from '@clew/control'
import { buildPriceBook, readPublicPrices, type FoundPrice, type PriceTable } from '@clew/domain/prices'
import { listUsedModels, type UsedModel } from '@clew/store'
import { unwrap } from '../api-error.ts'
import { knownProcedure, projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

/** A model that the project called, with the price that its next call would have. */
export type PricedUse = UsedModel & { price?: FoundPrice }

const usedModelsMax = 500

export const pricesRouter = router({
  /** The list prices that come with this version. */
  table: knownProcedure.query((): PriceTable => readPublicPrices()),

  /** The project's own prices, newest in force first. */
  list: knownProcedure
    .input(listPriceOverridesInput)
    .query(async ({ ctx, input }): Promise<ProjectPrice[]> => {
      return unwrap(await listPriceOverrides(ctx.control, ctx.principal, input))
    }),

  create: knownProcedure
    .input(createPriceOverrideInput)
    .mutation(async ({ ctx, input }): Promise<ProjectPrice> => {
      return unwrap(await createPriceOverride(ctx.control, ctx.principal, input))
    }),

  delete: knownProcedure
    .input(deletePriceOverrideInput)
    .mutation(async ({ ctx, input }): Promise<ProjectPrice> => {
      return unwrap(await deletePriceOverride(ctx.control, ctx.principal, input))
    }),

  /** The models that the project called, those with most unpriced calls first. */
  used: projectProcedure('read').query(async ({ ctx }): Promise<PricedUse[]> => {
    const { project, store, control, clock } = ctx
    const [models, overrides] = await Promise.all([
      listUsedModels(store, { ...project, limit: usedModelsMax }),
      priceOverridesOf(control, project.projectId),
    ])
    const book = buildPriceBook({ table: readPublicPrices(), overrides })
    return models.map((used) => {
      const price = book.find({ model: used.model, provider: used.provider, atMs: clock() })
      return { ...used, ...(price === undefined ? {} : { price }) }
    })
  }),
})
