import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Probe } from '../probe.ts'
import { lines } from '../sections.ts'

export interface CardQuery {
  readonly mac: string
  /** The name that udev gives it by our rule. */
  readonly name: string
}

/**
 * Names of the network interfaces with this hardware address that are not renamed any more: where there is an udev, it has put down
 * what it knows of them (/run/udev/data; systemd 257 does so before it renames) and has nothing left to do (/run/udev/queue). One that
 * is used before can no longer be renamed, and dhcpcd takes it for a usual one.
 */
export const card: Probe<CardQuery, readonly string[]> = {
  budget: seconds(15),
  describe: ({ mac }) => `the network card ${mac}`,
  command: ({ mac, name }) => sh`for folder in /sys/class/net/*; do
test "$(cat "$folder/address" 2> /dev/null)" = ${mac} || continue
if test "\${folder##*/}" = ${name} || test ! -S /run/udev/control ||
  { test -e "/run/udev/data/n$(cat "$folder/ifindex")" && test ! -e /run/udev/queue; }
then echo "\${folder##*/}"; fi
done`,
  parse: ({ stdout }) => lines(stdout.toString()),
  evidence: () => ({ name: 'kernel', command: sh`ip link; dmesg | tail -n 10` }),
}
