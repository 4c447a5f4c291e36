import { lstatSync, mkdirSync, readdirSync, readlinkSync, realpathSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { Progress } from '../../core/progress.ts'
import { rows, tail } from '../../core/text/text.ts'
import { withUsersConfig } from '../nix-environment.ts'
import type { MachineTools, Toolchain, WrapOptions, WrappedCommand } from '../toolchain.ts'
import { readVersion } from '../version-bound.ts'
import { PrivateApt } from './apt.ts'
import { bubblewrapArguments, type HostFolder, NAMESPACES, userFolders, withOwnLoader } from './bubblewrap.ts'
import { buildOnce, exists } from './build-once.ts'
import { guestBase } from './guest-base.ts'
import { recipeHash, SUITE, TOOLBOX_PACKAGES } from './recipe.ts'
import { finishRoot } from './root.ts'
import { unpack } from './unpack.ts'

export interface ToolboxOptions {
  /** nixcumber's cache folder. */
  readonly cache: string
  /** No substituter, no registry: nothing is fetched. */
  readonly offline: boolean
  readonly why: string
  readonly progress: Progress
}

/** Nix and QEMU of Debian packages in a folder of their own, run by bubblewrap. Leaves the system as it is; needs no root. */
export class Toolbox implements Toolchain, MachineTools {
  readonly origin = 'toolbox'
  readonly why: string
  readonly nixVersion: string
  readonly qemuVersion: string
  readonly #root: string
  readonly #nix: string
  readonly #offline: boolean
  readonly #hostFolders: readonly HostFolder[]

  private constructor(root: string, options: ToolboxOptions, versions: { nix: string; qemu: string }) {
    this.#root = root
    this.#nix = join(options.cache, 'nix')
    this.#offline = options.offline
    this.#hostFolders = userFolders(readdirSync('/')).map(hostFolder)
    this.why = options.why
    this.nixVersion = versions.nix
    this.qemuVersion = versions.qemu
  }

  static isMade(cache: string): Promise<boolean> {
    return exists(toolboxFolder(cache))
  }

  /** Makes the toolbox when it is not there yet (about 20 s and 450 MB), and sees that it runs. */
  static async open(options: ToolboxOptions): Promise<Toolbox> {
    const folder = toolboxFolder(options.cache)
    await buildOnce(
      folder,
      { what: 'the toolbox of Nix and QEMU', needsBytes: 1_000_000_000, build: buildToolbox },
      options.progress,
    )
    await mkdir(join(options.cache, 'nix'), { recursive: true })
    const untested = new Toolbox(folder, options, { nix: '', qemu: '' })
    const [nix, qemu] = await Promise.all([
      untested.#version(['nix', '--version']),
      untested.#version(['qemu-system-x86_64', '--version']),
    ])
    const toolbox = new Toolbox(folder, options, { nix, qemu })
    if (options.offline) await guestBase(options.cache, toolbox, options.progress)
    return toolbox
  }

  wrap(argv: readonly [string, ...string[]], options: WrapOptions = {}): WrappedCommand {
    const cwd = options.cwd ?? process.cwd()
    const env = {
      ...this.#nixConfig(),
      PATH: '/usr/sbin:/usr/bin',
      SSL_CERT_FILE: CERTIFICATES,
      NIX_SSL_CERT_FILE: CERTIFICATES,
      ...options.env,
    }
    const args = bubblewrapArguments(
      {
        root: this.#root,
        nix: this.#nix,
        hostFolders: this.#hostFolders,
        writable: ['/tmp', '/var/tmp', '/dev/shm', ...(options.writable ?? [])].map(behindLinks),
        cwd,
        env,
        kvm: options.kvm ?? false,
      },
      argv,
    )
    const [file, ...own] = withOwnLoader(this.#root, '/usr/bin/bwrap')
    return { file, args: [...own, ...args], options: { cwd, env: {}, extendEnv: false } }
  }

  realPath(storePath: string): string {
    return storePath === '/nix' || storePath.startsWith('/nix/') ? join(this.#nix, storePath.slice(4)) : storePath
  }

  #nixConfig(): Record<string, string> {
    return { NIX_CONFIG: withUsersConfig([...NIX_CONFIG, ...(this.#offline ? NIX_CONFIG_OFFLINE : [])]) }
  }

  async #version(argv: readonly [string, ...string[]]): Promise<string> {
    const { file, args, options } = this.wrap(argv, { cwd: '/' })
    const { stdout, stderr, exitCode } = await execa(file, args, { ...options, reject: false, stdin: 'ignore' })
    const version = readVersion(stdout)?.text
    if (exitCode === 0 && version) return version
    throw new EnvironmentBroken(
      `The toolbox does not run here\n${rows({
        Command: argv.join(' '),
        Reason: tail(stderr, 3),
        Next: /namespace|Operation not permitted/.test(stderr) ? NAMESPACES : 'make it anew: nixcumber clean --cache',
      })}`.trimEnd(),
    )
  }
}

/** Where it is, once it is made. */
export const toolboxFolder = (cache: string): string => join(cache, `toolbox-${recipeHash(...TOOLBOX_PACKAGES)}`)

const hostFolder = (path: string): HostFolder =>
  lstatSync(path).isSymbolicLink() ? { path, linkTo: readlinkSync(path) } : { path }

/** Nothing can be mounted over a link (a `~/.cache` on another disk), only over what it leads to. */
function behindLinks(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'

/** One user's store inside bubblewrap: no build users, and no sandbox within the sandbox. Comes after what the user sets, and adds features to it. */
const NIX_CONFIG = [
  'extra-experimental-features = nix-command flakes',
  'build-users-group =',
  'sandbox = false',
  'filter-syscalls = false',
  'warn-dirty = false',
]
const NIX_CONFIG_OFFLINE = ['substitute = false', 'substituters =', 'flake-registry =', 'use-registries = false']

async function buildToolbox(folder: string, task: Parameters<typeof unpack>[2]): Promise<void> {
  const downloads = join(folder, '.downloads')
  mkdirSync(downloads)
  const apt = await PrivateApt.open(downloads, SUITE)
  await unpack(await apt.download(TOOLBOX_PACKAGES, task), folder, task)
  await rm(downloads, { recursive: true })
  await finishRoot(folder)
}
