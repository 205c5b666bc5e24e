/** Milliseconds of CPU time of this process, all threads, that something takes. */
export async function cpuMsOf<Value>(
  run: () => Value | Promise<Value>,
): Promise<{ ms: number; value: Value }> {
  const before = process.cpuUsage()
  const value = await run()
  const { user, system } = process.cpuUsage(before)
  return { ms: (user + system) / 1000, value }
}

export function medianOf(values: readonly number[]): number {
  return percentileOf(values, 0.5)
}

/** The value below which that share of them lies. */
export function percentileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN
}
