import { z } from 'zod'
import { passwordLengthMax, passwordLengthMin } from '../auth/create-auth.ts'

export const emailInput = z.string().trim().toLowerCase().max(254).pipe(z.email('is not an e-mail address'))

export const passwordInput = z
  .string()
  .min(passwordLengthMin, `must have at least ${passwordLengthMin} characters`)
  .max(passwordLengthMax, `must have at most ${passwordLengthMax} characters`)
