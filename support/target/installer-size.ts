/** How much memory the installer of a kexec tarball takes: its initrd, packed and unpacked (nixos-images: kexec/initrd). */
import { resolve } from 'node:path'
import { sh } from '../core/command.ts'
import { CommandCutOff, NixcumberError } from '../core/errors.ts'
import { visible } from '../core/text/visible.ts'
import { minutes } from '../core/time/duration.ts'
import type { Fact } from '../probe/fact.ts'
import { LocalShell } from '../shell/local.ts'

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

/** Bytes; unknown where it cannot be read, a program for it is missing, or it takes too long: then all that was started is ended. */
export async function installerSize(tarball: string, limit = LIMIT): Promise<Fact<number>> {
  const unknown = (why: string): Fact<number> => ({ unknown: `the installer in ${tarball} cannot be measured: ${why}` })
  await using shell = new LocalShell()
  try {
    const { exitCode, stdout, stderr } = await shell.run(sh`exec sh -c ${COUNT} sh ${resolve(tarball)}`, {
      attempt: limit,
    })
    const sizes = stdout.toString().trim().split('\n').map(Number)
    if (exitCode === 0 && stderr.length === 0 && sizes.length === 2 && sizes.every(size => size > 0))
      return { is: sizes.reduce((sum, size) => sum + size) }
    return unknown(firstLine(stderr) || 'it has no size')
  } catch (error) {
    if (!(error instanceof NixcumberError)) throw error
    return unknown(error instanceof CommandCutOff ? 'no answer in time' : firstLine(error.message))
  }
}

const firstLine = (said: Buffer | string): string => visible(said.toString().trim().split('\n')[0] ?? '')
