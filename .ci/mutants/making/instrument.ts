import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { type Mutant, mutantOf } from './mutant.ts'

/** As a text, so that neither the types nor a run of other tests need it: it brings a whole compiler. */
const PACKAGE: string = '@stryker-mutator/instrumenter'

/** Why nothing can be broken here. */
export const whyNotInstalled = (): string | false => {
  try {
    return createRequire(import.meta.url).resolve(PACKAGE) === '' && PACKAGE
  } catch {
    return `npm ci has not brought ${PACKAGE}`
  }
}

interface File {
  /** From the root on. */
  readonly name: string
  readonly content: string
}
interface Instrumenter {
  instrument(files: readonly (File & { readonly mutate: true })[], options: typeof OPTIONS): Promise<unknown>
}
type InstrumenterClass = new (log: typeof SILENT) => Instrumenter

const ignore = (): void => {}
const SILENT = { debug: ignore, info: ignore, warn: ignore, isDebugEnabled: () => false }
const OPTIONS = { plugins: null, excludedMutations: [], ignorers: [], noHeader: false }

const isClass = (value: unknown): boolean => typeof value === 'function'
const Package = z.object({ Instrumenter: z.custom<InstrumenterClass>(isClass) })
const Position = z.object({ line: z.number(), column: z.number() })
const Made = z.object({
  files: z.array(z.object({ name: z.string(), content: z.string() })),
  mutants: z.array(
    z.object({
      ...{ id: z.string(), fileName: z.string(), mutatorName: z.string(), replacement: z.string() },
      location: z.object({ start: Position, end: Position }),
    }),
  ),
})

export interface Instrumented {
  /** All mutants of a file in one text; the environment says which of them is switched on. */
  readonly files: readonly File[]
  readonly mutants: readonly Mutant[]
}

/** Puts into each file all that Stryker's mutators know. @param names from `root` on */
export async function instrument(root: string, names: readonly string[]): Promise<Instrumented> {
  const { Instrumenter } = Package.parse(await import(PACKAGE))
  const sources = new Map(names.map(name => [name, readFileSync(join(root, name), 'utf8')]))
  const files = [...sources].map(([name, content]) => ({ name, content, mutate: true }) as const)
  const made = Made.parse(await new Instrumenter(SILENT).instrument(files, OPTIONS))
  return { files: made.files, mutants: made.mutants.map(each => mutantOf(each, sources.get(each.fileName) ?? '')) }
}
