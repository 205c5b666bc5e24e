import { z } from 'zod'
import type { Flag } from './command.ts'

export const limitFlag: Flag = { takes: 'value', says: 'how many, 1 to 200; 20 when absent' }

export const limitInput = z
  .string()
  .regex(/^\d{1,3}$/, 'should be a whole number')
  .transform(Number)
  .pipe(z.number().min(1).max(200))
  .default(20)
