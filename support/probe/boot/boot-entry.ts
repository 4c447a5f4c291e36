/** What a boot loader starts by default. Pure. */
import type { Fact } from '../fact.ts'

export interface BootEntry {
  /** As the loader calls it: `nixos-generation-3.conf`, `NixOS - Default`. */
  readonly name: string
  /** As the machine has them mounted. */
  readonly kernel: string
  readonly initrds: readonly string[]
  /** Parameters of the kernel. */
  readonly words: readonly string[]
}

export interface Booting {
  readonly loader: 'systemd-boot' | 'GRUB'
  readonly entry: BootEntry
}

export const unknownEntry = (why: string): Fact<never> => ({ unknown: why })

export const wordsOf = (text: string): string[] => text.split(/\s+/).filter(word => word !== '')
