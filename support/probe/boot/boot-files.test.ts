import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test, { after, beforeEach } from 'node:test'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { bootFiles } from './boot-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'loader-'))
const shell = new LocalShell()
after(async () => {
  rmSync(folder, { recursive: true })
  await shell[Symbol.asyncDispose]()
})

const at = (path: string): string => join(folder, path)
const toplevel = at('store/system')
const LOADER = '4a67b082-0a4c-41cf-b6c7-440b29bb8c4f'
const KERNEL = at('boot/EFI/nixos/kernel.efi')
const INITRD = at('boot/EFI/nixos/initrd.efi')

function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}

/** A laptop with systemd-boot, below the folder. */
beforeEach(() => {
  rmSync(folder, { recursive: true })
  for (const [path, text] of Object.entries({
    ...{ 'store/k/bzImage': 'the kernel', 'store/i/initrd': 'the initrd' },
    'store/system/kernel-params': 'quiet loglevel=4',
    'boot/loader/loader.conf': 'default nixos-generation-1.conf\n',
    'boot/loader/entries/nixos-generation-1.conf': 'linux /EFI/nixos/kernel.efi\n',
    ...{ 'boot/EFI/nixos/kernel.efi': 'the kernel', 'boot/EFI/nixos/initrd.efi': 'the initrd' },
    'efi/efivars/x': '',
    [`efi/efivars/LoaderInfo-${LOADER}`]: 'sd\0',
    mounts: '',
  }))
    write(path, text)
  symlinkSync(at('store/k/bzImage'), join(toplevel, 'kernel'))
  symlinkSync(at('store/i/initrd'), join(toplevel, 'initrd'))
})

async function look() {
  const { script } = bootFiles.command({ toplevel })
  const here = script
    .replaceAll('/sys/firmware/efi', at('efi'))
    .replaceAll('/proc/self/mounts', at('mounts'))
    .replaceAll("'/efi'", "'/nonexistent'")
    .replaceAll('/boot', at('boot'))
  return bootFiles.parse(await shell.run({ script: here }, { attempt: seconds(20) }), { toplevel })
}

test('what a boot loader reads is told, and which files are those of the system', async () => {
  const files = await look()
  assert.deepEqual([files.isUefi, files.variables?.get('LoaderInfo')?.toString()], [true, 'sd\0'])
  assert.deepEqual(files.closed, [])
  assert.equal(files.texts.get(at('boot/loader/loader.conf')), 'default nixos-generation-1.conf')
  assert.deepEqual(files.files.get(KERNEL), ['kernel'])
  assert.deepEqual(files.files.get(INITRD), ['initrd'])
  const { kernel, parameters, hasSecrets } = files.system
  assert.deepEqual([kernel, parameters, hasSecrets], [at('store/k/bzImage'), 'quiet loglevel=4', false])
})

test('half a kernel is none, and an initrd with something behind it is told', async () => {
  truncateSync(KERNEL, 4)
  appendFileSync(INITRD, 'secrets')
  write('store/system/append-initrd-secrets', '')
  const { files, system } = await look()
  assert.deepEqual([files.get(KERNEL), files.get(INITRD), system.hasSecrets], [undefined, ['more'], true])
})

test('without the system, or UEFI, nothing is made up', async () => {
  for (const gone of ['store', 'efi']) rmSync(at(gone), { recursive: true })
  const { isUefi, variables, files, system } = await look()
  assert.deepEqual([isUefi, variables, files.size, system.kernel, system.parameters], [false, undefined, 0, '', ''])
})

test('what cannot be read is told to be so', async () => {
  rmSync(at('boot/loader/loader.conf'))
  mkdirSync(at('boot/loader/loader.conf'))
  assert.deepEqual((await look()).closed, [at('boot/loader/loader.conf')])
})

test('GRUB and its saved words', async () => {
  write('boot/grub/grub.cfg', 'menuentry "x" {\n}\n')
  write('boot/kernels/k-bzImage', 'the kernel')
  const { texts, compared, files } = await look()
  assert.equal(texts.get(at('boot/grub/grub.cfg')), 'menuentry "x" {\n}')
  assert.ok(compared.includes(at('boot/kernels')))
  assert.deepEqual(files.get(at('boot/kernels/k-bzImage')), ['kernel'])
})
