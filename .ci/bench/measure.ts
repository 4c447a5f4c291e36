export type Say = (what: string, figure: string, beside?: string) => void
export type Part = (say: Say) => Promise<void>

/** Milliseconds that the work takes. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Median of so many times, one after the other, in milliseconds. */
export async function median(count: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < count; i++) times.push(await time(work))
  return times.sort((a, b) => a - b)[Math.floor(count / 2)] ?? Number.NaN
}

export const ms = (value: number): string => (value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`)
export const s = (value: number): string => `${(value / 1000).toFixed(1)} s`
export const ratio = (a: number, b: number): string => `${(a / b).toFixed(2)} times`
