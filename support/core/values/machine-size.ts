/** How big a machine is that is booted from a flake: what its settings or a scenario's tags say. All sizes are MiB. */
import { refuse } from '../refusal.ts'

/** What is left out stays as the host has it, or as large as what it runs needs (wrapper/size.nix). */
export interface MachineSize {
  readonly memorySize?: number
  readonly cores?: number
  /** Of its root disk. */
  readonly diskSize?: number
}

const UNITS: Readonly<Record<string, number>> = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 }

/** Reads `4GiB`, `512 MiB` or `512`; undefined for anything else, and for nothing. */
export function parseMebibytes(text: string): number | undefined {
  const [, count = '', unit = 'MiB'] = /^(\d+(?:\.\d+)?) ?(MiB|GiB|TiB)?$/.exec(text.trim()) ?? []
  const size = Math.round(Number(count) * (UNITS[unit] ?? Number.NaN))
  return size > 0 ? size : undefined
}

/** The tags, by the setting of which each is the word of one scenario. */
const TAGS = { memory: 'memorySize', cores: 'cores', diskSize: 'diskSize' } as const

/** @throws UsageError for a tag that names no size, with an example */
export function taggedSize(tags: readonly string[]): MachineSize {
  const size: Record<string, number> = {}
  for (const tag of tags) {
    const [, name = '', text = ''] = /^@(memory|cores|diskSize):(.*)$/.exec(tag) ?? []
    if (name === '') continue
    const value = name === 'cores' ? Number(/^[1-9]\d{0,2}$/.exec(text)?.[0]) : parseMebibytes(text)
    if (!value)
      throw refuse({
        what: `The tag @${name} names no size`,
        expected: name === 'cores' ? '@cores:2' : `@${name}:4GiB`,
        got: tag,
      })
    size[TAGS[name as keyof typeof TAGS]] = value
  }
  return size
}
