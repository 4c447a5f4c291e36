/** nixos-anywhere: which one is used, and whether it can be told what is needed here. */
import { join } from 'node:path'
import { sh } from '../../../core/command.ts'
import { EnvironmentBroken } from '../../../core/errors.ts'
import { rows, tail } from '../../../core/text/text.ts'
import { seconds } from '../../../core/time/duration.ts'
import { LOOK_ALIKES } from '../../../flake/written/offline-inputs.ts'
import type { Programs } from '../../../nix/toolchain.ts'
import { which } from '../../../nix/tools/host-programs.ts'
import { LocalShell } from '../../../shell/local.ts'

export interface Anywhere {
  /** What starts it, where Nix is. */
  readonly argv: readonly [string, ...string[]]
  /** For reports: `nixos-anywhere of PATH, /…`. */
  readonly from: string
}

export interface FindAnywhere {
  readonly offline: boolean
  readonly programs: Programs
  readonly env: NodeJS.ProcessEnv
  /** Builds that of the flake's own nixpkgs, and gives its path in the store; nothing where there is none. */
  build(): Promise<string | undefined>
}

const NAME = 'nixos-anywhere'

/** @throws EnvironmentBroken where there is none, and for one that lacks what is needed */
export async function findAnywhere(options: FindAnywhere): Promise<Anywhere> {
  const found = await look(options)
  const lack = lacking(await helpOf(found, options.programs))
  if (lack.length === 0) return found
  throw new EnvironmentBroken(
    `This nixos-anywhere cannot be used: its help does not know ${lack.join(', ')}\n${rows({
      Expected: 'nixos-anywhere 1.7 or newer, which installs what is built and stops between its phases',
      Got: found.from,
    })}`.trimEnd(),
  )
}

async function look({ offline, env, build }: FindAnywhere): Promise<Anywhere> {
  if (offline) return { argv: ['bash', join(LOOK_ALIKES, NAME, NAME)], from: `the look-alike of ${NAME}` }
  const inPath = await which(NAME, env.PATH ?? '')
  if (inPath !== undefined) return { argv: [inPath], from: `${NAME} of PATH, ${inPath}` }
  const built = await build()
  if (built !== undefined) return { argv: [join(built, 'bin', NAME)], from: `${NAME} of the flake's nixpkgs, ${built}` }
  throw new EnvironmentBroken(
    `There is no nixos-anywhere\n${rows({
      Expected: 'one in PATH, or pkgs.nixos-anywhere in the nixpkgs of the flake',
      Next: 'nix shell nixpkgs#nixos-anywhere',
    })}`.trimEnd(),
  )
}

/** As its own help and manual have them. */
const NEEDED = [
  ...['-i', '--ssh-port', '--store-paths', '--kexec', '--post-kexec-ssh-port', '--copy-host-keys'],
  ...['--no-substitute-on-destination', '--build-on', '--phases'],
]

/** What its help does not speak of. */
export const lacking = (help: string): string[] => {
  const words = new Set(help.split(/[\s,]+/))
  return NEEDED.filter(flag => !words.has(flag))
}

const HELP_BOUND = seconds(60)

/** All that it starts is ended with it. */
async function helpOf({ argv, from }: Anywhere, programs: Programs): Promise<string> {
  const { file, args, options } = programs.wrap([...argv, '--help'], { cwd: '/' })
  const env = Object.entries(options.env).map(([name, value]) => `${name}=${value}`)
  await using shell = new LocalShell()
  const command = sh`cd ${options.cwd} && exec env -i ${env} ${file} ${args} </dev/null`
  const { exitCode, stdout, stderr } = await shell.run(command, { attempt: HELP_BOUND })
  if (exitCode === 0) return stdout.toString()
  throw new EnvironmentBroken(
    `nixos-anywhere does not say what it can do\n${rows({ Got: from, Reason: tail(stderr.toString(), 3) })}`.trimEnd(),
  )
}
