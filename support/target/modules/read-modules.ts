/** The kernel modules of a built system, in the store of the runner. */
import { readdir, readFile, readlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { Programs } from '../../nix/toolchain.ts'
import { KernelModules } from './kernel-modules.ts'

/** `kernel-modules` of a toplevel is what modprobe(8) looks into. @throws EnvironmentBroken where it cannot be read */
export async function readModules(toplevel: string, programs: Programs): Promise<KernelModules> {
  const all = await below(programs, toplevel, 'kernel-modules', 'lib', 'modules')
  const versions = await readdir(programs.realPath(all)).catch(() => [])
  const [version] = versions
  if (version === undefined || versions.length > 1)
    throw new EnvironmentBroken(
      `The kernel modules of ${toplevel} cannot be read: ${versions.length} kernels are there`,
    )
  const list = async (name: string): Promise<string> => {
    const file = await below(programs, all, version, name)
    return readFile(programs.realPath(file), 'utf8')
  }
  const [aliases, needs, builtIn] = await Promise.all(
    ['modules.alias', 'modules.dep', 'modules.builtin'].map(name =>
      list(name).catch(error => unreadable(toplevel, error)),
    ),
  )
  return new KernelModules({
    'modules.alias': aliases ?? '',
    'modules.dep': needs ?? '',
    'modules.builtin': builtIn ?? '',
    'modules.builtin.modinfo': await list('modules.builtin.modinfo').catch(() => ''),
  })
}

/** The store path of what lies there: any part of the way may be a link into the store, which the runner may have elsewhere. */
async function below(programs: Programs, from: string, ...names: readonly string[]): Promise<string> {
  let place = await followed(programs, from)
  for (const name of names) place = await followed(programs, join(place, name))
  return place
}

async function followed(programs: Programs, path: string): Promise<string> {
  const target = await readlink(programs.realPath(path)).catch(() => undefined)
  return target === undefined ? path : followed(programs, resolve(dirname(path), target))
}

function unreadable(toplevel: string, error: unknown): never {
  const why = error instanceof Error ? error.message : String(error)
  throw new EnvironmentBroken(`The kernel modules of ${toplevel} cannot be read: ${why}`)
}
