/** The order of an installation, and where it stops: nixos-anywhere is a script that writes down its phases, the target a shell of answers. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { type Command, quote } from '../../core/command.ts'
import { silentProgress } from '../../core/progress.ts'
import { milliseconds } from '../../core/time/duration.ts'
import { contentsOf } from '../../nix/contents.ts'
import type { Programs } from '../../nix/toolchain.ts'
import { answered } from '../../probe/testing/answered.ts'
import { FakeShell } from '../../shell/fake.ts'
import { type StageLine, Stages } from '../stages.ts'
import { type Installing, installHost, type Seen } from './install.ts'

const SYSTEM = '/nix/store/0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c-nixos-system-t14-25.11'
const CLOSURE = { [SYSTEM]: { narHash: `sha256-${'A'.repeat(43)}=` } }
const BOOTS = ['0b0b0b0b-0000-4000-8000-000000000000', '1c1c1c1c-0000-4000-8000-000000000000']
const MENU = `set default="0"\nmenuentry "x" {\n  linux ($d)/kernels/k init=${SYSTEM}/init\n  initrd ($d)/kernels/i\n}\n`

/** What goes wrong; left out: nothing. */
interface Wrong {
  readonly phase?: string
  readonly menu?: string
  readonly installer?: boolean
  /** At which look. */
  readonly look?: number
  readonly unconfirmed?: true
  readonly tarball?: true
}

/** @returns phases that nixos-anywhere was called for, stages that began, and how it ended */
async function install(wrong: Wrong) {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-install-'))
  const phases = join(folder, 'phases')
  writeFileSync(phases, '')
  const script = `printf '%s\\n' "$*" >>${quote(phases)}; case "$*" in *"--phases ${wrong.phase ?? 'none'} "*) exit 1;; esac`
  const told: StageLine[] = []
  using stages = new Stages({ target: 't14', progress: silentProgress, tell: line => void told.push(line) })
  let looks = 0
  const said = (): string => readFileSync(phases, 'utf8')
  const it: Installing = {
    ...{ stages, address: 'root@t14', rescue: ['its console'], within: milliseconds(300) },
    system: { path: SYSTEM, contents: contentsOf(SYSTEM, CLOSURE) },
    ...(wrong.tarball ? { kexec: { file: '/tmp/k.tar', sha256: 'sha256-0' } } : {}),
    run: {
      ...{ anywhere: { argv: ['sh', '-c', script, 'sh'], from: 'a test' }, programs, folder, bin: '/nowhere' },
      ...{ target: 'root@t14', diskScript: '/nix/store/disko', toplevel: SYSTEM, cacheDir: folder },
    },
    look: async () => seen(wrong, ++looks, said()),
    confirm: async () => {
      assert.equal(said(), '', 'nothing is done before the name is said')
      if (wrong.unconfirmed) throw new Error('not confirmed')
    },
    connect: async () => new FakeShell(command => answerTo(command, wrong, said())),
  }
  const error = await installHost(it).then(
    () => undefined,
    (reason: unknown) => reason as Error,
  )
  const calls = said()
  rmSync(folder, { recursive: true })
  return { calls: [...calls.matchAll(/--phases (\w+) (.*?) ?--target/g)].map(([, ...words]) => words), told, error }
}

const programs: Programs = {
  ...{ origin: 'host', why: '', realPath: path => path },
  wrap: ([file, ...args]) => ({
    ...{ file, args },
    options: { cwd: '/', env: { PATH: process.env.PATH ?? '' }, extendEnv: false },
  }),
}

const seen = ({ installer = true, look }: Wrong, looks: number, calls: string): Seen => ({
  ...{ installer: installer || calls.includes('kexec'), said: 'debian' },
  findings: [{ what: 'disk main', outcome: look === looks ? 'not held' : 'held', said: 'another' }],
})

function answerTo({ script }: Command, { menu = MENU }: Wrong, calls: string): { stdout: Buffer } {
  if (script.includes('boot_id')) {
    const isBack = calls.includes('reboot')
    return answered([BOOTS[isBack ? 1 : 0] ?? '', isBack ? SYSTEM : '/nix/store/installer'])
  }
  if (script.includes('cmp -s')) return answered(['same', 'same'])
  const file = menu === '' ? '' : `/mnt/boot/grub/grub.cfg ${Buffer.from(menu).toString('base64')}`
  return answered([SYSTEM, JSON.stringify(CLOSURE), file])
}

const names = (told: readonly StageLine[]): string[] => told.flatMap(({ stage, does }) => (does ? [stage] : []))
const last = ['verify', 'preflight', 'disko', 'install', 'inspect', 'reboot', 'return']

test('an installer is not started anew, and each phase is followed by a look', async () => {
  const { calls, told, error } = await install({})
  assert.equal(error, undefined, String(error))
  assert.deepEqual(names(told), last)
  assert.deepEqual(calls, [
    ['disko', '--no-substitute-on-destination'],
    ['install', '--no-substitute-on-destination --copy-host-keys'],
    ['reboot', ''],
  ])
})

test('another system starts the installer from the tarball that was given, or nothing happens', async () => {
  const { calls, told, error } = await install({ installer: false, tarball: true })
  assert.equal(error, undefined, String(error))
  assert.deepEqual(names(told), ['verify', 'kexec', ...last.slice(1)])
  assert.deepEqual(calls[0], ['kexec', '--kexec /tmp/k.tar'])
  const without = await install({ installer: false })
  assert.match(String(without.error?.message), /is no NixOS installer[\s\S]*Got +debian/)
  assert.deepEqual(without.calls, [])
})

for (const [what, wrong, stage, words] of [
  ['a target that is another before', { look: 1 }, 'verify', /disk main: another[\s\S]*nothing was changed/],
  ['a target that is another in the installer', { look: 2 }, 'preflight', /disk main[\s\S]*its disks are untouched/],
  ['a disk script that fails', { phase: 'disko' }, 'disko', /exit code 1[\s\S]*nothing is installed: it will not boot/],
  ['an installation that fails', { phase: 'install' }, 'install', /nothing whole is installed: it will not boot/],
  ['no menu of a boot loader', { menu: '' }, 'inspect', /there is no menu[\s\S]*it was not rebooted/],
  ['a menu of another system', { menu: MENU.replace('0c0c', '1d1d') }, 'inspect', /starts \/nix\/store\/1d1d/],
  ['a reboot that fails', { phase: 'reboot' }, 'reboot', /what is bound is installed; whether it was told/],
] as const)
  test(`${what} is where it stops`, async () => {
    const { told, error } = await install(wrong)
    assert.match(String(error?.message), words)
    assert.equal(names(told).at(-1), stage)
    assert.equal(told.at(-1)?.stage, stage)
    assert.ok(told.at(-1)?.error, 'it is in the log')
  })

test('without the name nothing is done', async () => {
  const { calls, told, error } = await install({ unconfirmed: true })
  assert.equal(error?.message, 'not confirmed')
  assert.deepEqual([calls, names(told)], [[], ['verify']])
})
