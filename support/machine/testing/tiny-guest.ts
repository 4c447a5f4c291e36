/**
 * A guest with a real kernel, a console login and next to nothing else, for tests that must see a system break: it boots in about four
 * seconds under emulation. Made of the toolbox's programs and the offline guests' kernel; entered as an image, without the harness.
 */
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { silentProgress } from '../../core/progress.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { guestBase } from '../../nix/toolbox/guest-base.ts'
import { findToolchain } from '../../nix/tools/find-toolchain.ts'

/** What the kernel begins with and nothing here needs, a fifth of its time: certificates, keys, and tests of ciphers. */
const NEEDLESS = 'load_system_certificate_list,jent_mod_init,init_encrypted,trace_eval_init'
const PARAMETERS = `console=ttyS0 panic=-1 quiet cryptomgr.notests initcall_blacklist=${NEEDLESS}`

const PROGRAMS = 'base64 cat date dd env head id kill mktemp mv rm sleep stat stty tail timeout yes'
const LIBRARIES = 'libc.so.6 libtinfo.so.6 libselinux.so.1 libpcre2-8.so.0 libacl.so.1 libattr.so.1 libm.so.6'

const INIT = `#!/bin/sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
ln -s /proc/self/fd /dev/fd
mkdir -p /dev/shm
mount -t tmpfs shm /dev/shm
hostname tiny
export LD_LIBRARY_PATH=/lib64 PATH=/gnu:/bin HOME=/root TERM=vt220
while :; do
  setsid sh -c 'exec </dev/ttyS0 >/dev/ttyS0 2>&1; stty sane; printf "tiny login: "; read -r user; exec bash --norc -i'
done
`

const SYSTEMCTL = `#!/bin/sh
case $1 in
  is-system-running) echo running ;;
  poweroff) poweroff -f ;;
  reboot) reboot -f ;;
  *) exit 4 ;;
esac
`

/** Runs inside the toolbox, whose own files it takes. */
const PACK = `
cd "$1"
mkdir -p root/bin root/gnu root/lib64 root/proc root/sys root/dev root/tmp root/root root/etc
cp /usr/bin/busybox /usr/bin/bash root/bin/
ln -s busybox root/bin/sh
for each in ${PROGRAMS}; do cp /usr/bin/$each root/gnu/; done
cp -L /usr/lib64/ld-linux-x86-64.so.2 root/lib64/
for each in ${LIBRARIES}; do cp -L /usr/lib/x86_64-linux-gnu/$each root/lib64/; done
echo root:x:0:0:root:/root:/bin/bash >root/etc/passwd
echo root:x:0: >root/etc/group
mv init root/init
mv systemctl root/bin/systemctl
chmod +x root/init root/bin/systemctl
cd root
find . | busybox cpio -o -H newc >../initrd 2>/dev/null
`

export interface TinyGuest extends AsyncDisposable {
  /** For `--machine NAME=image:FOLDER`. */
  readonly folder: string
}

export async function tinyGuest(): Promise<TinyGuest> {
  const folder = await mkdtemp(join(tmpdir(), 'tiny-guest-'))
  const toolchain = await findToolchain({ offline: true })
  await writeFile(join(folder, 'init'), INIT)
  await writeFile(join(folder, 'systemctl'), SYSTEMCTL)
  const { file, args, options } = toolchain.wrap(['sh', '-ec', PACK, 'sh', folder], { cwd: folder, writable: [folder] })
  await execa(file, args, options)
  await symlink(join(await guestBase(cacheFolder(), toolchain, silentProgress), 'vmlinux'), join(folder, 'kernel'))
  await writeFile(join(folder, 'cmdline'), PARAMETERS)
  await writeFile(join(folder, 'disk.raw'), '')
  await truncate(join(folder, 'disk.raw'), 1024 * 1024)
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}
