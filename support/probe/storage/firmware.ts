import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Fact } from '../fact.ts'
import type { Probe } from '../probe.ts'
import { answers, inSections, succeeded } from '../sections.ts'

export type Firmware = 'UEFI' | 'BIOS'

/** What has started the kernel: only then /sys/firmware/efi is there (the kernel's Documentation/ABI/testing/sysfs-firmware-efi). */
export const firmware: Probe<void, Fact<Firmware>> = {
  budget: seconds(10),
  describe: () => 'the firmware',
  command: () =>
    inSections(
      sh`[ -d /sys/firmware/efi ] && echo efi; for name in dmi acpi memmap; do [ ! -d "/sys/firmware/$name" ] || echo "$name"; done`,
      sh`uname -m`,
      sh`cat /proc/cmdline`,
    ),
  parse(result) {
    const [tables, system, parameters] = answers(result, 'The firmware', 3)
    const seen = succeeded(tables, 'The firmware', result).split('\n')
    if (seen.includes('efi')) return { is: 'UEFI' }
    const architecture = succeeded(system, 'The architecture', result)
    if (!/^(?:x86_64|i\d86)$/.test(architecture)) return { unknown: `${architecture} has firmware that is neither` }
    if (seen.join('') === '') return { unknown: '/sys/firmware is not there or shows nothing' }
    if (/(?<!\S)(?:noefi|efi=\S*noefi\S*)(?!\S)/.test(succeeded(parameters, 'The parameters of the kernel', result)))
      return { unknown: 'the kernel was told to use no UEFI (noefi)' }
    return { is: 'BIOS' }
  },
}
