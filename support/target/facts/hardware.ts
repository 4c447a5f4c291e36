/** Disks and network cards of a target by what their drivers are found by. */
import { sh } from '../../core/command.ts'
import type { Part } from './part.ts'

/** What a disk or a card is connected to, one device of it: itself or one that it hangs on. */
export interface Modalias {
  readonly class: 'net' | 'block'
  /** `eth0`, `sda`. */
  readonly name: string
  /** How many devices it is from the disk or card: 0 is its own. */
  readonly depth: number
  /** `pci:v00001AF4d00001041sv…` (the kernel's Documentation/ABI/testing/sysfs-devices…, depmod(8)). */
  readonly alias: string
  /** What drives it now: the kernel's name of the driver; undefined when nothing does. */
  readonly driver?: string
}

export const modaliases: Part<readonly Modalias[]> = {
  tool: '/sys/class',
  command: sh`[ -d /sys/class/net ] && [ -d /sys/class/block ] || { echo '/sys shows no devices'; exit 77; }
for link in /sys/class/net/*/device /sys/class/block/*/device; do
[ -e "$link" ] || continue
name=\${link#/sys/class/}
name=\${name%/device}
dir=$(cd -P "$link" && pwd -P) || exit
depth=0
while [ "\${dir#/sys/devices/}" != "$dir" ]; do
alias=
[ ! -r "$dir/modalias" ] || IFS= read -r alias <"$dir/modalias"
driver=
[ ! -e "$dir/driver" ] || driver=$(readlink "$dir/driver")
[ -z "$alias" ] || printf '%s\t%s\t%s\t%s\n' "$name" "$depth" "\${driver##*/}" "$alias"
depth="$depth"1
dir=\${dir%/*}
done
done`,
  parse: text =>
    text
      .split('\n')
      .filter(line => line !== '')
      .map(line => {
        const [place = '', depth = '', driver = '', alias = '', ...more] = line.split('\t')
        const [kind, name = ''] = place.split('/')
        if ((kind !== 'net' && kind !== 'block') || alias === '' || more.length > 0) throw new Error('no device')
        return { class: kind, name, depth: depth.length - 1, alias, ...(driver === '' ? {} : { driver }) }
      }),
}
