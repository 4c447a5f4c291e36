/** What was known of the machines of two runs, and what has changed. Facts are plain text by section and key. */
export type Facts = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface FactChange {
  readonly machine: string
  /** `closure`, `units`, `users`, … */
  readonly section: string
  readonly key: string
  /** Absent: it is new. */
  readonly before?: string
  /** Absent: it is gone. */
  readonly after?: string
  /** A machine in QEMU and a live host differ in this anyway. */
  readonly expected?: true
}

/** Of the machines that both runs know. @param transports `true` for machines that are a VM on one side and a live host on the other */
export function changedFacts(
  before: ReadonlyMap<string, Facts>,
  after: ReadonlyMap<string, Facts>,
  differs: (machine: string) => boolean,
): FactChange[] {
  return [...after].flatMap(([machine, now]) => {
    const then = before.get(machine)
    return then ? sections(machine, then, now, differs(machine)) : []
  })
}

function sections(machine: string, then: Facts, now: Facts, differs: boolean): FactChange[] {
  // A section that one side could not ask for has not changed.
  const both = Object.keys(now).filter(section => section in then)
  return both.flatMap(section => {
    const [old = {}, fresh = {}] = [then[section], now[section]]
    const keys = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort()
    return keys
      .filter(key => old[key] !== fresh[key])
      .map(key => ({
        ...{ machine, section, key },
        ...(old[key] === undefined ? {} : { before: old[key] }),
        ...(fresh[key] === undefined ? {} : { after: fresh[key] }),
        ...(differs && isExpected(section, key) ? { expected: true as const } : {}),
      }))
  })
}

/** Disks, modules and cards are QEMU's; the harness brings a port, a shell and a key (support/flake/wrapper/harness.nix). */
const OF_THE_MACHINE: Readonly<Record<string, RegExp>> = {
  mounts: /./,
  sysctl: /./,
  units:
    /^(?:nixcumber|serial-getty@|getty@|systemd-fsck@|dev-|boot\.mount|swap|dhcpcd|qemu-guest|systemd-networkd)|\.(?:mount|swap|device)$/,
  'unit definitions':
    /^(?:nixcumber|serial-getty@|getty@|systemd-fsck@|dev-|boot\.mount|swap|dhcpcd|network-|qemu-guest|systemd-networkd)|\.(?:mount|swap|device)$/,
  listeners: /dhcp|:68$/,
  closure:
    /^(?:nixcumber|nixos-vm|nixos-system|etc|system-path|system-units|unit-|initrd|stage-|linux|closure-info|xterm|qemu)/,
  system: /^(?:toplevel|booted|generation|bootId|kernel.*|hostname|virtualisation)$/,
}

const isExpected = (section: string, key: string): boolean => OF_THE_MACHINE[section]?.test(key) ?? false
