/** The modules of a kernel, as depmod(8) and the kernel's build have listed them in lib/modules/VERSION. */
import { matchesGlob } from './glob.ts'

/** The text of each list. */
export interface ModuleLists {
  readonly 'modules.alias': string
  readonly 'modules.dep': string
  readonly 'modules.builtin': string
  /** Aliases of what is built in; kernels before 5.2 have none. */
  readonly 'modules.builtin.modinfo': string
}

export class KernelModules {
  readonly #aliases: readonly (readonly [pattern: string, module: string])[]
  readonly #needs: ReadonlyMap<string, readonly string[]>
  readonly #builtIn: ReadonlySet<string>

  constructor(lists: ModuleLists) {
    this.#aliases = [...aliasesIn(lists['modules.alias']), ...builtInAliases(lists['modules.builtin.modinfo'])]
    this.#needs = needsIn(lists['modules.dep'])
    this.#builtIn = new Set(linesOf(lists['modules.builtin']).map(moduleName))
  }

  /** Modules for a device of this alias; none where the kernel has no driver for it. */
  wantedBy(alias: string): readonly string[] {
    const given = underscored(alias)
    const found = this.#aliases.filter(([pattern]) => matchesGlob(given, pattern)).map(([, module]) => module)
    return [...new Set(found)].filter(name => this.has(name))
  }

  has(name: string): boolean {
    return this.#builtIn.has(name) || this.#needs.has(name)
  }

  /** These and all that they need, as modprobe(8) would load them; with what is built in. */
  withNeeded(names: readonly string[]): ReadonlySet<string> {
    const all = new Set(this.#builtIn)
    const open = names.map(underscored)
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (all.has(name)) continue
      if (this.has(name)) all.add(name)
      open.push(...(this.#needs.get(name) ?? this.wantedBy(name)))
    }
    return all
  }
}

const linesOf = (text: string): string[] => text.split('\n').filter(line => line !== '' && !line.startsWith('#'))

/** `kernel/drivers/net/virtio_net.ko.xz`: modules are called with underscores, whatever their file is. */
export const moduleName = (path: string): string =>
  underscored((path.split('/').at(-1) ?? '').replace(/\.ko(?:\.\w+)?$/, ''))

/** As libkmod does, outside of brackets (alias_normalize). */
const underscored = (text: string): string => text.replaceAll(/\[[^\][]*\]|-/g, part => (part === '-' ? '_' : part))

/** `alias pci:v00001AF4d* virtio_pci`. */
function aliasesIn(text: string): (readonly [string, string])[] {
  return linesOf(text).flatMap(line => {
    const [word, pattern, module] = line.split(' ')
    return word === 'alias' && pattern !== undefined && module !== undefined
      ? [[underscored(pattern), module] as const]
      : []
  })
}

/** `virtio_blk.alias=virtio:d00000002v*`, each ended by NUL. */
const builtInAliases = (text: string): (readonly [string, string])[] =>
  text.split('\0').flatMap(entry => {
    const [, module, pattern] = /^([\w-]+)\.alias=(.+)$/.exec(entry) ?? []
    return module === undefined || pattern === undefined ? [] : [[underscored(pattern), underscored(module)] as const]
  })

/** `kernel/a.ko: kernel/b.ko kernel/c.ko`. */
const needsIn = (text: string): Map<string, string[]> =>
  new Map(
    linesOf(text).map(line => {
      const [module = '', needed = ''] = line.split(':')
      return [
        moduleName(module),
        needed
          .split(' ')
          .filter(word => word !== '')
          .map(moduleName),
      ]
    }),
  )
