/** Lengths of time as a type of their own, so that no bare number is ever read in the wrong unit. */
export interface Duration {
  readonly ms: number
}

export const milliseconds = (ms: number): Duration => ({ ms })
export const seconds = (count: number): Duration => ({ ms: count * 1000 })
export const minutes = (count: number): Duration => ({ ms: count * 60_000 })

export const scale = (duration: Duration, factor: number): Duration => ({ ms: duration.ms * factor })
export const shorter = (a: Duration, b: Duration): Duration => (a.ms <= b.ms ? a : b)

const UNITS: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
}
const PART = /^(\d+(?:\.\d+)?) (millisecond|second|minute|hour|day)s?$/

/** Reads `1 minute 30 seconds`; undefined when the text is no duration in words. */
export function parseDuration(text: string): Duration | undefined {
  const parts = text.trim().split(/(?<!\s)\s+(?=\d)/)
  let ms = 0
  for (const part of parts) {
    const [, count, unit] = PART.exec(part) ?? []
    if (count === undefined || unit === undefined) return undefined
    ms += Number(count) * (UNITS[unit] ?? Number.NaN)
  }
  return { ms }
}

/** `340 ms`, `5 s`, `60.0 s` is never written: whole seconds stand bare, minutes from two minutes on. */
export function formatDuration({ ms }: Duration): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 120_000) return `${trimZero((ms / 1000).toFixed(1))} s`
  const whole = Math.round(ms / 1000)
  const rest = whole % 60
  return `${Math.floor(whole / 60)} min${rest === 0 ? '' : ` ${rest} s`}`
}

const trimZero = (number: string): string => number.replace(/\.0$/, '')
