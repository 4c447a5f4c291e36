/** Below a folder of this computer's own: what is asked is asked by a real shell, of real files. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { minutes } from '../../../core/time/duration.ts'
import { contentsOf } from '../../../nix/contents.ts'
import { LocalShell } from '../../../shell/local.ts'
import { menusOf } from './boot-menu.ts'
import { judgeContents, judgeMenus, judgeProfile, judgeSame } from './judge.ts'
import { parseSame, sameCommand } from './look.ts'

const path = '/nix/store/0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c-nixos-system-t14-25.11'
const closure = { [path]: { narHash: `sha256-${'A'.repeat(43)}=` } }
const wanted = { path, contents: contentsOf(path, closure) }

test('the profile, and what lies in the closure', () => {
  assert.equal(judgeProfile({ profile: { is: path } }, wanted).outcome, 'held')
  assert.deepEqual(judgeProfile({ profile: { is: '/nix/store/other' } }, wanted), {
    ...{ what: 'the profile is the system', outcome: 'not held', said: '/nix/store/other' },
  })
  assert.equal(judgeProfile({ profile: { unknown: 'no' } }, wanted).outcome, 'unknown')
  assert.equal(judgeContents({ closure: { is: closure } }, wanted).outcome, 'held')
  const other = { [path]: { narHash: `sha256-${'B'.repeat(43)}=` } }
  assert.match(judgeContents({ closure: { is: other } }, wanted).said, /and sha256-\w+ is bound$/)
  assert.equal(judgeContents({ closure: { is: other } }, wanted).outcome, 'not held')
  assert.equal(judgeContents({ closure: { is: {} } }, wanted).outcome, 'unknown')
  assert.equal(judgeContents({ closure: { unknown: 'nix path-info: exit code 127' } }, wanted).outcome, 'unknown')
})

const menu = (system: string) =>
  menusOf([
    {
      file: '/boot/grub/grub.cfg',
      text: `set default="0"\nmenuentry "x" {\n  linux ($drive1)/kernels/k init=${system}/init\n  initrd ($drive1)/kernels/i\n}`,
    },
  ])

test('the menu: another system, none, and one that was not to be read', () => {
  const outcome = (menus: Parameters<typeof judgeMenus>[0]) => judgeMenus(menus, wanted).found.map(each => each.outcome)
  assert.deepEqual(outcome({ is: menu(path) }), ['held'])
  assert.deepEqual(outcome({ is: menu('/nix/store/1d1d-other') }), ['not held'])
  assert.deepEqual(outcome({ is: [] }), ['not held'])
  assert.deepEqual(outcome({ unknown: 'x' }), ['unknown'])
  assert.deepEqual(outcome({ is: [...menu(path), { loader: 'GRUB', entry: { unknown: 'y' } }] }), ['held', 'unknown'])
})

test('a kernel is compared with that of the closure', async () => {
  const root = mkdtempSync(join(tmpdir(), 'nixcumber-mounted-'))
  await using shell = new LocalShell()
  try {
    const write = (name: string, text: string): string => {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), text)
      return `/${name}`
    }
    write('nix/store/k/bzImage', 'kernel')
    mkdirSync(join(root, 'system'))
    symlinkSync('/nix/store/k/bzImage', join(root, 'system/kernel'))
    const compare = async (path = '/nowhere') => {
      const { script } = sameCommand('/system', [{ name: 'kernel', path }])
      const result = await shell.run({ script: script.replaceAll('/mnt', root) }, { attempt: minutes(1) })
      return judgeSame('kernel', 'k', parseSame(result, 1)[0])
    }
    const { outcome, said } = await compare(write('same', 'kernel'))
    assert.deepEqual([outcome, said], ['held', 'k: same'])
    assert.equal((await compare(write('more', 'kernel and secrets'))).said, 'k: same, and more after it')
    assert.equal((await compare(write('other', 'kernal'))).outcome, 'not held')
    assert.equal((await compare(write('less', 'kern'))).outcome, 'not held')
    assert.equal((await compare()).said, 'k: none')
    rmSync(join(root, 'nix'), { recursive: true })
    assert.equal((await compare(write('same', 'kernel'))).outcome, 'unknown')
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
