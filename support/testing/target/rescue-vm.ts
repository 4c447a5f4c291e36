/** The `run-*-vm` of the installer from which a computer of these tests is started first (fixtures/suites/wipe/rescue.nix). */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { Nix } from '../../nix/evaluate/nix.ts'
import { nixString } from '../../nix/nix-string.ts'
import { resolveStoreLink } from '../../nix/resolve-link.ts'
import type { Toolchain } from '../../nix/toolchain.ts'

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures')
const FILE = join(FIXTURES, 'suites/wipe/rescue.nix')
const NIXPKGS = join(FIXTURES, 'inputs/nixpkgs')

export interface RescueVm {
  /** Its script, as the toolbox has it. */
  readonly file: string
  readonly text: string
}

/** @param key the public line of the key that it lets in */
export async function rescueVm(toolchain: Toolchain, key: string): Promise<RescueVm> {
  const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-rescue-'))
  try {
    const nix = new Nix({ toolchain, logDir: scratch, cacheDir: cacheFolder(), offline: true })
    const nixpkgs = `/. + ${nixString(NIXPKGS)}`
    const expression = `(import (/. + ${nixString(FILE)}) { nixpkgs = ${nixpkgs}; key = ${nixString(key)}; }).drvPath`
    const { value } = await nix.eval({ expression }, { subject: 'the installer does not evaluate' })
    const built = await nix.build(String(value), join(scratch, 'vm'), { subject: 'the installer', writable: [scratch] })
    const folder = join(built, 'bin')
    const name = readdirSync(toolchain.realPath(folder)).find(file => /^run-.*-vm$/.test(file)) ?? ''
    const file = join(folder, name)
    return { file, text: readFileSync(await resolveStoreLink(toolchain, file), 'utf8') }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
