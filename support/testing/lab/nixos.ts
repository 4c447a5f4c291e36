/** A NixOS of the look-alike in namespaces of the runner, by its own stage 2, with its own systemd, sshd, Nix and store: a target that can be switched. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { execa } from 'execa'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { speaksSsh } from '../../machine/access/ssh-banner.ts'
import { Nix } from '../../nix/evaluate/nix.ts'
import type { Toolchain } from '../../nix/toolchain.ts'
import { findToolchain } from '../../nix/tools/find-toolchain.ts'
import { Lab } from '../../shell/testing/lab.ts'
import { LabHost } from './lab-host.ts'

export interface NixosWish {
  readonly name: string
  /** Path of the system, which is built. */
  readonly system: string
  readonly toolchain: Toolchain
  /** Texts by absolute path, there before it starts. */
  readonly files?: Readonly<Record<string, string>>
}

const SCRIPT = join(import.meta.dirname, 'boot.sh')
/** Debian's programs are in its store, 386 MB. */
const SIZE_MIB = 1500
const BOOT_TIMEOUT = seconds(20)

export async function startNixosHost(wish: NixosWish): Promise<LabHost> {
  const start = systemClock.now()
  const { name, system, toolchain } = wish
  const closure = (await ask(toolchain, 'nix-store', '--query', '--requisites', system)).trim().split('\n')
  const registration = await ask(toolchain, 'nix-store', '--dump-db', ...closure)
  const fill = (place: string): void => fillPlace(place, { ...wish, closure, registration })
  const lab = await Lab.start([{ name, inside: { script: SCRIPT, fill } }])
  try {
    const deadline = Deadline.after(BOOT_TIMEOUT)
    while (!(await speaksSsh({ host: lab.host(name).address, port: 22 }, deadline.remaining))) {
      if (deadline.expired) throw new Error(`the NixOS "${name}" of the laboratory did not come up`)
      await systemClock.wait(milliseconds(50))
    }
    return new LabHost(lab, lab.host(name), lab.inner(name), systemClock.now() - start)
  } catch (error) {
    await lab[Symbol.asyncDispose]()
    throw error
  }
}

interface Filling extends NixosWish {
  readonly closure: readonly string[]
  readonly registration: string
}

function fillPlace(place: string, { name, system, toolchain, files = {}, closure, registration }: Filling): void {
  const put = (file: string, text: string): void => {
    mkdirSync(dirname(join(place, file)), { recursive: true, mode: 0o700 })
    writeFileSync(join(place, file), text, { mode: 0o600 })
  }
  put('name', name)
  put('size', String(SIZE_MIB))
  put('disks', '')
  put('system', system)
  put('store', toolchain.realPath('/nix/store'))
  put('closure', closure.map(path => `${basename(path)}\n`).join(''))
  put('registration', registration)
  for (const [path, text] of Object.entries(files)) put(`tree${path}`, text)
  for (const [from, to] of [
    ['host_key', 'etc/ssh/ssh_host_ed25519_key'],
    ['authorized_keys', 'root/.ssh/authorized_keys'],
  ] as const) {
    mkdirSync(dirname(join(place, 'tree', to)), { recursive: true, mode: 0o700 })
    copyFileSync(join(place, from), join(place, 'tree', to))
  }
}

async function ask(toolchain: Toolchain, ...argv: [string, ...string[]]): Promise<string> {
  const { file, args, options } = toolchain.wrap(argv)
  return (await execa(file, args, { ...options, stdin: 'ignore', maxBuffer: 64_000_000 })).stdout.concat('\n')
}

const FIXTURES = join(import.meta.dirname, '../../../fixtures')

/** The system of a suite's host as it lies in the repository, over the look-alike's nixpkgs. */
export async function suiteSystem(host: string, suite: string): Promise<NixosWish> {
  const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-target-'))
  try {
    const toolchain = await findToolchain({ offline: true })
    const nix = new Nix({ toolchain, logDir: scratch, cacheDir: scratch, offline: true })
    const question = { subject: `host "${host}" of the suite does not evaluate`, writable: [scratch] }
    const { value } = await nix.eval(
      {
        flake: `path:${join(FIXTURES, 'suites', suite)}`,
        output: `nixosConfigurations.${host}.config.system.build.toplevel.drvPath`,
        inputs: { nixpkgs: `path:${join(FIXTURES, 'inputs/nixpkgs')}` },
      },
      question,
    )
    return { name: host, toolchain, system: await nix.build(String(value), join(scratch, 'system'), question) }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Until a timer has gone off, and its switch is over. */
const PATIENCE = seconds(90)

/** Waits for a text to be all that stands in a file of the host; gives what stood there last. */
export async function comesToContain(host: LabHost, file: string, wanted: string): Promise<string> {
  const deadline = Deadline.after(PATIENCE)
  for (;;) {
    const { stdout } = await host.run('cat', file)
    if (stdout.trim() === wanted || deadline.expired) return stdout.trim()
    await systemClock.wait(milliseconds(500))
  }
}
