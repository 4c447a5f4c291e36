import { sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import type { Probe } from './probe.ts'
import { lines } from './sections.ts'

/** Names of the network interfaces with this hardware address, once udev has done with what came. */
export const card: Probe<string, readonly string[]> = {
  budget: seconds(15),
  attempt: seconds(8),
  describe: mac => `the network card ${mac}`,
  command: mac => sh`udevadm settle --timeout=5 2> /dev/null; grep -l -x ${mac} /sys/class/net/*/address 2> /dev/null`,
  parse: ({ stdout }) => lines(stdout.toString()).flatMap(path => path.split('/')[4] ?? []),
  evidence: () => ({ name: 'kernel', command: sh`ip link; dmesg | tail -n 10` }),
}
