import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, release, tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { nixos } from './nixos.ts'

const shell = new LocalShell()
after(() => shell[Symbol.asyncDispose]())

const STORE = '/nix/store'
const TOOLS = sh`
nixos-version() { echo '24.11 (Vicuna)'; echo 'no such channel' >&2; }
systemctl() { [ "$*" = --version ] && printf '%s\\n' 'systemd 257 (257.9)' '+PAM'; }
`

/** What is told where /run and the profiles are below a folder of ours, and its store is told as the store. */
async function ask(folder: string) {
  const script = nixos.command(undefined).script.replaceAll('/run/', `${folder}/run/`).replaceAll('/nix/var', folder)
  const result = await shell.run({ script: `${TOOLS.script}\n${script}` }, { attempt: seconds(10) })
  const store = `${folder}/store`
  const inStore = (_: string, code: string, length: string): string =>
    `${code} ${Number(length) - store.length + STORE.length}\n${STORE}`
  const stdout = result.stdout.toString().replace(new RegExp(`^(\\d+) (\\d+)\n${store}`, 'gm'), inStore)
  return nixos.parse({ ...result, stdout: Buffer.from(stdout) }, undefined)
}

interface Kernel {
  readonly kernel?: string
  readonly initrd?: string
  readonly modules?: string
  readonly parameters?: string
}

/** A system in the store, as NixOS builds it: links to what it boots. */
function build(
  folder: string,
  name: string,
  { kernel = 'k', initrd = 'i', modules = 'm', parameters = 'quiet' }: Kernel,
) {
  const system = join(folder, 'store', name)
  mkdirSync(system, { recursive: true })
  for (const [part, to] of [
    ['kernel', kernel],
    ['initrd', initrd],
    ['kernel-modules', modules],
  ] as const)
    symlinkSync(`/nix/store/${to}`, join(system, part))
  writeFileSync(join(system, 'kernel-params'), parameters)
  return system
}

function machine(active: Kernel) {
  const folder = mkdtempSync(join(tmpdir(), 'nixos-'))
  mkdirSync(join(folder, 'run'))
  mkdirSync(join(folder, 'nix/profiles'), { recursive: true })
  symlinkSync(build(folder, 'now', active), join(folder, 'run/current-system'))
  symlinkSync(build(folder, 'then', {}), join(folder, 'run/booted-system'))
  symlinkSync('system-42-link', join(folder, 'nix/profiles/system'))
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

test('a running system is told by what it is, was booted with, and runs on', async () => {
  using place = machine({})
  const { bootId, ...facts } = await ask(place.folder)
  assert.match(bootId, /^[0-9a-f-]{36}$/)
  assert.deepEqual(facts, {
    ...{ toplevel: '/nix/store/now', booted: '/nix/store/then', changedSinceBoot: { is: [] } },
    ...{ version: '24.11 (Vicuna)', generation: '42', kernel: release(), systemd: '257', hostname: hostname() },
  })
})

for (const [changed, active] of [
  ['kernel', { kernel: 'k2' }],
  ['initrd', { initrd: 'i2' }],
  ['kernel modules', { modules: 'm2' }],
  ['kernel parameters', { parameters: 'quiet splash' }],
] as const)
  test(`that only a boot brings in the other ${changed} is told`, async () => {
    using place = machine(active)
    assert.deepEqual((await ask(place.folder)).changedSinceBoot, { is: [changed] })
  })

test('where nothing is of NixOS every word is empty, and what a boot would change is not known', async () => {
  const facts = await ask(join(tmpdir(), 'no-such-folder'))
  assert.deepEqual([facts.toplevel, facts.booted, facts.generation], ['', '', ''])
  assert.ok('unknown' in facts.changedSinceBoot)
})
