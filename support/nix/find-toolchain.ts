import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { type Progress, silentProgress } from '../core/progress.ts'
import { cacheFolder } from './cache-folder.ts'
import { Toolbox } from './toolbox/toolbox.ts'
import type { Toolchain, WrapOptions, WrappedCommand } from './toolchain.ts'

export interface FindToolchainOptions {
  /** Look-alike inputs are in play: always the toolbox, whose packages they are made for. */
  readonly offline: boolean
  readonly progress?: Progress
  readonly cache?: string
  readonly env?: NodeJS.ProcessEnv
}

/** Oldest Nix that today's nixpkgs takes, oldest QEMU that emulates a 6.12 kernel without crashing. */
const NIX = { program: 'nix', least: [2, 18] } as const
const QEMU = { program: 'qemu-system-x86_64', least: [9, 0] } as const

/**
 * The host's own Nix and QEMU when both are there and new enough, else the toolbox.
 * @throws EnvironmentBroken when neither can be had.
 */
export async function findToolchain({
  offline,
  progress = silentProgress,
  env = process.env,
  cache = cacheFolder(env),
}: FindToolchainOptions): Promise<Toolchain> {
  const toolbox = (why: string): Promise<Toolchain> => Toolbox.open({ cache, offline, why, progress })
  if (offline) return toolbox('toolbox: the offline inputs are made for its packages')
  const [nix, qemu] = await Promise.all([look(NIX, env), look(QEMU, env)])
  if (nix.version && qemu.version) return new HostToolchain(nix.version, qemu.version, env)
  return toolbox(`toolbox: ${[nix.lack, qemu.lack].filter(Boolean).join(', ')}`)
}

interface Found {
  readonly version?: string
  readonly lack?: string
}

async function look(
  wanted: { program: string; least: readonly [number, number] },
  env: NodeJS.ProcessEnv,
): Promise<Found> {
  const path = await which(wanted.program, env)
  if (!path) return { lack: `the host has no ${wanted.program}` }
  const { stdout } = await execa(path, ['--version'], {
    reject: false,
    stdin: 'ignore',
    env: { ...env },
    extendEnv: false,
  })
  const version = /\b\d+\.\d+(\.\d+)?/.exec(stdout)?.[0]
  if (!version) return { lack: `the host's ${wanted.program} does not say its version` }
  if (isAtLeast(version, wanted.least)) return { version }
  return { lack: `the host's ${wanted.program} ${version} is older than ${wanted.least.join('.')}` }
}

/** Compares the first two numbers of a version. */
export function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [haveMajor = 0, haveMinor = 0] = version.split('.').map(Number)
  return haveMajor > major || (haveMajor === major && haveMinor >= minor)
}

async function which(program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, program)
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (runs) return path
  }
  return undefined
}

/** The host's own programs, nothing in between. */
class HostToolchain implements Toolchain {
  readonly origin = 'host'
  readonly why = 'host: its Nix and QEMU are new enough'
  readonly nixVersion: string
  readonly qemuVersion: string
  readonly #path: string

  constructor(nixVersion: string, qemuVersion: string, env: NodeJS.ProcessEnv) {
    this.nixVersion = nixVersion
    this.qemuVersion = qemuVersion
    this.#path = env.PATH ?? ''
  }

  wrap([file, ...args]: readonly [string, ...string[]], options: WrapOptions = {}): WrappedCommand {
    const env = { NIX_CONFIG: 'extra-experimental-features = nix-command flakes', PATH: this.#path, ...options.env }
    return { file, args, options: { cwd: options.cwd ?? process.cwd(), env, extendEnv: false } }
  }

  realPath(storePath: string): string {
    return storePath
  }
}
