/** What stands on a display before the system of a machine has written to it. */
import { filled } from '../../core/text/text.ts'

/** Handed over to a system: from here on the firmware writes nothing more, unless that fails (SeaBIOS, src/boot.c). */
const HANDED_OVER = /^Booting from /

const FIRMWARE: readonly RegExp[] = [
  HANDED_OVER,
  // SeaBIOS: src/post.c, src/bootsplash.c, src/boot.c.
  /^SeaBIOS \(version /,
  /^Machine UUID /,
  /^Press \S+ for boot menu/,
  // The ROM of a network card: iPXE, src/arch/x86/prefix/romprefix.S.
  /^iPXE \(http/,
  /^Press Ctrl-B to configure iPXE/,
  // Linux before it has a console: arch/x86/boot/edd.c, arch/x86/boot/compressed/misc.c and kaslr.c.
  /^Probing EDD \(edd=off to disable\)/,
  /^(?:Physical|Virtual) KASLR using /,
  /^Decompressing Linux\.\.\. /,
  /^Booting the kernel/,
]

/** SeaBIOS, src/boot.c: of one disk after the other, until one of them boots. */
const NEXT_DISK = /^Boot failed: /

/**
 * Whether nothing but the firmware's hand-over is to be seen, or nothing at all: the machine's system uses another console. A firmware
 * that has found nothing to boot, or has not come so far, is something to be seen.
 */
export function showsNoSystem(rows: readonly string[]): boolean {
  const lines = filled(rows).map(line => line.trim())
  if (lines.length === 0) return true
  const handedOver = lines.findLastIndex(line => HANDED_OVER.test(line))
  const isFirmware = (line: string, at: number): boolean =>
    FIRMWARE.some(known => known.test(line)) || (at < handedOver && NEXT_DISK.test(line))
  return handedOver >= 0 && lines.every(isFirmware)
}
