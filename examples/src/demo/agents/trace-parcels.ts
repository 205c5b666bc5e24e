import { manualSpan } from '@clew/sdk'

import { pause } from '../shop/pause.ts'

const parcels = 24

/** Asks the warehouse for one parcel after the other; the one call that is meant to be long. */
export async function traceParcels(args: { orderId: string; seconds: number }): Promise<unknown> {
  return await manualSpan(
    {
      spanName: 'warehouse scan',
      spanKind: 'TOOL',
      toolName: 'warehouse scan',
      input: { order_id: args.orderId, parcels },
    },
    async (span) => {
      for (let done = 1; done <= parcels; done += 1) {
        await pause((args.seconds * 1000) / parcels)
        span.setAttribute('parcels.scanned', done).setOutput(`${done} of ${parcels} parcels scanned`)
      }
      const result = { on_truck: 23, waiting: 1, reason: 'tent pole missing' }
      span.setOutput(result)
      return result
    },
  )
}
