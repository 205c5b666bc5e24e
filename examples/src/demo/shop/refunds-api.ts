import { pause } from './pause.ts'

export interface RefundRequest {
  orderId: string
  paymentId: string
  amount: number
  currency: string
}

export interface RefundReceipt {
  refundId: string
  orderId: string
  amount: number
}

/** What the payment provider answers when it is not well. */
export class RefundServiceError extends Error {
  override readonly name = 'RefundServiceError'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface RefundsApi {
  post(request: RefundRequest): Promise<RefundReceipt>
  accepted: RefundReceipt[]
}

/** A refund service that times out the first time, as ours did that afternoon. */
export function createRefundsApi(): RefundsApi {
  let calls = 0
  const accepted: RefundReceipt[] = []
  return {
    accepted,
    post: async (request) => {
      calls += 1
      if (calls === 1) {
        await pause(2010)
        throw new RefundServiceError(503, '503 upstream timeout')
      }
      await pause(840)
      const receipt = { refundId: `rf_2093${calls - 1}`, orderId: request.orderId, amount: request.amount }
      accepted.push(receipt)
      return receipt
    },
  }
}
