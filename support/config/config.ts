/** `nixcumber.config.{ts,mjs,json}`: found upwards from where nixcumber was started, and checked key by key. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { makeTypeScriptLoadable } from '../core/own-code.ts'
import { refuse } from '../core/refusal.ts'
import type { Config } from './schema.ts'

export interface FoundConfig {
  /** Folder of the file, or where nixcumber was started when there is none. */
  readonly projectDir: string
  readonly file?: string
  readonly config: Config
}

export const CONFIG_NAMES = ['nixcumber.config.ts', 'nixcumber.config.mjs', 'nixcumber.config.json'] as const

/** @throws UsageError naming the wrong key, what was expected there, and the nearest right key */
export async function loadConfig(start: string): Promise<FoundConfig> {
  const file = find(start)
  if (!file) return { projectDir: start, config: {} }
  const { configSchema } = await import('./schema.ts')
  const parsed = configSchema.safeParse(await read(file))
  if (!parsed.success) {
    const { refuseWrong } = await import('./refuse-wrong-key.ts')
    throw refuseWrong(file, parsed.error.issues[0], Object.keys(configSchema.shape), 'export default { … }')
  }
  return { projectDir: dirname(file), file, config: parsed.data }
}

function find(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const here = CONFIG_NAMES.map(name => join(folder, name)).filter(existsSync)
    if (here.length > 1)
      throw refuse({ what: 'There are two configurations', got: here.join(', '), next: 'keep one of them' })
    // A repository, or a flake in it, is the farthest that a configuration speaks for.
    const border = ['.git', 'flake.nix'].some(name => existsSync(join(folder, name)))
    if (here[0] || border || dirname(folder) === folder) return here[0]
  }
}

async function read(file: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(readFileSync(file, 'utf8'))
    await makeTypeScriptLoadable()
    const loaded = (await import(pathToFileURL(file).href)) as { default?: unknown }
    // A TypeScript file in a CommonJS project arrives wrapped twice.
    const inner = loaded.default as { default?: unknown } | undefined
    return inner?.default ?? loaded.default
  } catch (error) {
    throw refuse({ what: `${file} cannot be read`, got: (error as Error).message.split('\n')[0] ?? '' })
  }
}
