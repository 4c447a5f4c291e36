/** How much memory the installer of a kexec tarball takes: its initrd, packed and unpacked (nixos-images: kexec/initrd). */
import { execa } from 'execa'
import { minutes } from '../core/time/duration.ts'
import type { Fact } from '../probe/fact.ts'

/** By the magic of what packs it. A plain cpio at its beginning is microcode, behind which the packed one comes. */
const COUNT = `initrd() { tar -xOf "$1" kexec/initrd || echo "tar failed" >&2; }
magic=$(initrd "$1" 2>/dev/null | od -An -t x1 -N 4)
case $magic in
' 1f 8b'*) unpack=gzip ;;
' 28 b5 2f fd'*) unpack=zstd ;;
' fd 37 7a 58'*) unpack=xz ;;
*) echo "its initrd is packed in a way that is not known ($magic)" >&2; exit 1 ;;
esac
initrd "$1" | wc -c
initrd "$1" | { $unpack -dc || echo "$unpack failed" >&2; } | wc -c`

const LIMIT = minutes(3)

/** Bytes; unknown where it cannot be read, or a program for it is missing. */
export async function installerSize(tarball: string): Promise<Fact<number>> {
  const said = await execa('sh', ['-c', COUNT, 'sh', tarball], { reject: false, stdin: 'ignore', timeout: LIMIT.ms })
  const sizes = said.stdout.split('\n').map(Number)
  if (said.exitCode === 0 && said.stderr === '' && sizes.length === 2 && sizes.every(size => size > 0))
    return { is: sizes.reduce((sum, size) => sum + size) }
  const why = said.timedOut ? 'no answer in time' : said.stderr.trim().split('\n')[0] || 'it has no size'
  return { unknown: `the installer in ${tarball} cannot be measured: ${why}` }
}
