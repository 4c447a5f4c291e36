/** In which sizes the scenarios of a run had their machines. */
import type { RunJson } from './run/run-json.ts'
import type { Size } from './run/run-record.ts'

export type Sizes = NonNullable<RunJson['sizes']>

export class SizeBook {
  readonly #known = new Map<string, Map<string, Size & { readonly scenarios: Set<string> }>>()

  add(machine: string, { memoryMiB, cores, diskMiB }: Size, scenarios: readonly string[]): void {
    const sizes = this.#known.get(machine) ?? new Map()
    this.#known.set(machine, sizes)
    const size = {
      ...(memoryMiB === undefined ? {} : { memoryMiB }),
      ...(cores === undefined ? {} : { cores }),
      ...(diskMiB === undefined ? {} : { diskMiB }),
    }
    const key = JSON.stringify(size)
    const { scenarios: before = [] } = sizes.get(key) ?? {}
    sizes.set(key, { ...size, scenarios: new Set([...before, ...scenarios]) })
  }

  /** Of machines with more than one: what all had stands with the machine itself. */
  get told(): Sizes {
    const several = [...this.#known].filter(([, sizes]) => sizes.size > 1)
    return Object.fromEntries(
      several.map(([machine, sizes]) => [
        machine,
        [...sizes.values()].map(({ scenarios, ...size }) => ({ ...size, scenarios: [...scenarios] })),
      ]),
    )
  }
}
