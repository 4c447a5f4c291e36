import { access, constants } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { execa } from 'execa'
import type { MachineTools, Programs, Toolchain, WrapOptions, WrappedCommand } from '../toolchain.ts'
import { type ProgramVersion, readVersion, type VersionBound } from '../version-bound.ts'

/** Flakes for our own calls; whatever else the user's nix.conf and NIX_CONFIG say stays (Nix manual, "extra-" settings). */
const FLAKES = 'extra-experimental-features = nix-command flakes'

/** The host's own programs, nothing in between. */
class HostPrograms implements Programs {
  readonly origin = 'host'
  readonly why: string
  readonly #path: string

  constructor(why: string, ...folders: readonly (string | undefined)[]) {
    this.why = why
    this.#path = folders.filter(Boolean).join(delimiter)
  }

  wrap([file, ...args]: readonly [string, ...string[]], options: WrapOptions = {}): WrappedCommand {
    const env = { NIX_CONFIG: FLAKES, PATH: this.#path, ...options.env }
    return { file, args, options: { cwd: options.cwd ?? process.cwd(), env, extendEnv: false } }
  }

  realPath(storePath: string): string {
    return storePath
  }
}

export class HostNix extends HostPrograms implements Toolchain {
  readonly nixVersion: string

  constructor({ path, version }: Program, env: NodeJS.ProcessEnv) {
    super(path, env.PATH)
    this.nixVersion = version
  }
}

export class HostQemu extends HostPrograms implements MachineTools {
  readonly qemuVersion: string

  /** Its folder comes before PATH: `qemu-img` must be of the same QEMU. */
  constructor({ path, version }: Program, whose: string, env: NodeJS.ProcessEnv) {
    super(`${whose}${path}`, dirname(path), env.PATH)
    this.qemuVersion = version
  }
}

export interface Program {
  readonly path: string
  readonly version: string
}

/** A program that will do, or why there is none: `no nix in PATH`. */
export type Found = Program | Lack

export interface Lack {
  readonly lack: string
  /** It is there, and ends with what is wrong in its settings. */
  readonly isMisconfigured?: true
}

/** Looks for a program by its name, in PATH or in one folder, and asks it for its version. */
export async function lookFor(wanted: VersionBound, env: NodeJS.ProcessEnv, folder?: string): Promise<Found> {
  const { program } = wanted
  const path = await which(program, folder ?? env.PATH ?? '')
  if (!path) return { lack: `no ${program} in ${folder ?? 'PATH'}` }
  const said = await execa(path, ['--version'], {
    reject: false,
    stdin: 'ignore',
    env: { ...env },
    extendEnv: false,
    timeout: VERSION_TIMEOUT,
  })
  return judge(wanted, path, readVersion(said.stdout), said.stderr || said.shortMessage || '')
}

/** Milliseconds; a program on a network file system may have to be fetched first. */
const VERSION_TIMEOUT = 60_000

/** As Nix 2.26 says it before it does anything else: `syntax error in configuration line 'x' in 'NIX_CONFIG'`. */
const SETTINGS = /configuration (?:line|file)|\bsetting '|\boption '|NIX_CONFIG|nix\.conf/

/** Of a line that cannot be read it is not known where its secret begins: `access-tokens github.com=…`. */
const withoutValue = (said: string): string =>
  said.replace(/configuration line '[^']*'/, line => `${line.split(' ', 3).join(' ')} …'`)

function judge({ program, least }: VersionBound, path: string, said: ProgramVersion | undefined, error: string): Found {
  if (!said) {
    const reason = withoutValue(error.split('\n')[0] ?? '') || 'no number in it'
    const lack = `${path} does not say its version: ${reason}`
    return SETTINGS.test(error) ? { lack, isMisconfigured: true } : { lack }
  }
  if (said.isAtLeast(least)) return { path, version: said.text }
  return { lack: `${path} is ${said.text}, older than ${program} ${least.join('.')}` }
}

/** Which of these programs are not in PATH. */
export async function missingFrom(programs: readonly string[], env: NodeJS.ProcessEnv): Promise<string[]> {
  const paths = await Promise.all(programs.map(program => which(program, env.PATH ?? '')))
  return programs.filter((_, i) => paths[i] === undefined)
}

/** The first one in PATH that may be run. */
export async function which(program: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const file = join(folder, program)
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (runs) return file
  }
  return undefined
}
