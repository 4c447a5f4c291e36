import type { Console } from '../console/console.ts'
import type { HostKey } from '../core/errors.ts'
import type { Progress } from '../core/progress.ts'
import type { Deadline } from '../core/time/deadline.ts'
import type { HandedFile } from '../core/values/guest-file.ts'
import type { MissingSecret } from '../flake/plan/host-secret.ts'
import type { LuksPlan } from '../flake/plan/luks-plan.ts'
import type { MachineTools } from '../nix/toolchain.ts'
import type { ToolsNeed } from '../nix/tools/find-machine-tools.ts'
import type { Done, Sent } from '../shell/audited.ts'
import type { Answering } from '../shell/fake.ts'
import type { Shell } from '../shell/shell.ts'
import type { Abilities } from './abilities.ts'
import type { Hardware } from './hardware.ts'
import type { PromptAnswer } from './prompt-answer.ts'
import type { AddedDisk } from './qemu/added-disks.ts'
import type { Firmware } from './qemu/firmware.ts'
import type { Nic } from './qemu/nic.ts'
import type { PlannedStoreImage } from './store/store-image.ts'

/** What is to run: plain data. A running `Machine` is a different type, made from it by the driver of its kind. */
export interface MachinePlan {
  /** Which driver boots it; asked by the registry of drivers only. */
  readonly kind: string
  readonly name: string
  /** What is left out is refused or guarded: see `abilitiesOf`. */
  readonly abilities?: Partial<Abilities>
  /** How a person enters it by hand, where `nixcumber shell` is not the way. */
  readonly enter?: string
  /** Store path of the system that is judged, where the plan knows it. */
  readonly toplevel?: string
  /** The system inside the machine: that one with nixos-shell's module and the harness. */
  readonly vmToplevel?: string
  /** Private key that the harness module put into root's authorized keys. */
  readonly identityFile?: string
  /** Private key with which its owner enters it, where one is named. */
  readonly identity?: string
  /** Whether the host has an sshd, and what of it keeps root out, as far as that is known: a line for each option. */
  readonly sshd?: boolean
  readonly sshForbidden?: readonly string[]
  /** Where it listens; 22 when left out. */
  readonly sshPort?: number
  /** Where ports of the runner lead to; left out for what QEMU's DHCP hands out, empty for a machine without IPv4. */
  readonly guestAddress?: string
  /** The system of its programs: `aarch64-linux`. One that this computer cannot run by itself is emulated. */
  readonly system?: string
  /** What the guest is given, in MiB; reserved on the runner before it boots. */
  readonly memoryMiB?: number
  /** Size of its root disk, in MiB. */
  readonly diskMiB?: number
  /** What the host expects beside its configuration, and has not here. */
  readonly missingSecrets?: readonly MissingSecret[]
  /** Paths in it of the files that are handed over. Nothing of such a machine reaches a disk of the runner. */
  readonly files?: readonly string[]
  /** What is typed while it boots. */
  readonly answers?: readonly PromptAnswer[]
  /** Nothing may be changed there: where its kernel can see to it, it does. */
  readonly looksOnly?: boolean
}

/** The built `run-*-vm` of a host with the harness module in it. */
export interface NixosShellPlan extends MachinePlan {
  readonly kind: 'nixos-shell'
  /** Store path of the derivation that holds `bin/run-*-vm`. */
  readonly vm: string
  /** Of what lies there, and in its disks: part of what the machine is kept as. */
  readonly contents?: readonly string[]
  /** Folder of the QEMU that it starts. */
  readonly qemu?: string
  readonly toplevel: string
  readonly identityFile: string
  /** Besides those of the script. */
  readonly disks?: readonly AddedDisk[]
  /** Its store, where its script does not make an image of it by itself. */
  readonly storeImage?: PlannedStoreImage
}

/** A host as it would be installed: its very system and disk script, driven onto virtual disks, and started from them by firmware. */
export interface InstalledPlan extends MachinePlan {
  readonly kind: 'installed'
  /** Store paths. */
  readonly toplevel: string
  readonly diskScript: string
  /** Of what lies there: part of what the machine is kept as. */
  readonly contents: readonly string[]
  /** Devices that the script wipes, by disko's names. */
  readonly devices: Readonly<Record<string, string>>
  readonly firmware: Firmware
  /** Modules of its initrd: they say by which bus a disk may come. */
  readonly drivers: readonly string[]
  /** Devices that it mounts or opens, by its own names for them. */
  readonly waitsFor: readonly string[]
  readonly luks: LuksPlan
  /** Store path of the `run-*-vm` of the machine that installs it. */
  readonly rescue: string
  readonly qemu?: string
}

/** A `run-*-vm` script (`NAME=run:SCRIPT`) or a folder with kernel, initrd, cmdline, disk (`NAME=image:FOLDER`); no harness inside. */
export interface ImagePlan extends MachinePlan {
  readonly kind: 'image'
  readonly source: { readonly script: string } | { readonly folder: string }
  /** Login for the console; the password comes from NIXCUMBER_PASSWORD_<NAME>. */
  readonly login: { readonly user: string; readonly password?: string; readonly identity?: string }
}

/** Something that already runs (`NAME=ssh://user@host:port?identity=…&known-hosts=…&fingerprint=SHA256:…`). */
export interface SshPlan extends MachinePlan {
  readonly kind: 'ssh'
  readonly host: string
  readonly port?: number
  readonly user?: string
  readonly knownHosts?: string
  readonly fingerprint?: string
  /** Keys of hosts never seen before are believed, and stored. */
  readonly hostKeys?: 'accept-new'
  /** True: root or nothing; false: the user who logs in; left out: root where sudo lets us. */
  readonly sudo?: boolean
  readonly password?: string
  readonly sudoPassword?: string
}

/** A machine of nothing but answers, for tests of what stands above machines. */
export interface FakePlan extends MachinePlan {
  readonly kind: 'fake'
  readonly answering?: Answering
  readonly openPorts?: readonly number[]
  /** What the other ports answer; closed when left out. */
  readonly otherPorts?: PortState
  /** It does not boot. */
  readonly failure?: Error
}

export type Transport = 'serial' | 'ssh'

/** A machine that runs. Disposing of it leaves nothing behind: no process, socket, port or overlay. */
export interface Machine extends AsyncDisposable {
  readonly name: string
  readonly plan: MachinePlan
  /** Absent when the driver cannot see it (a live host over ssh). */
  readonly console?: Console
  /** Where in the console's transcript the present boot begins. */
  readonly bootedAt: number
  /** Its cable, keyboard and screen. Absent where its QEMU is not ours (a live host). */
  readonly hardware?: Hardware
  /** What is worth recording about how it runs: accelerator, QEMU version, seconds to ready. */
  readonly facts: Readonly<Record<string, string | number>>
  /** By which it proved who it is. Absent where it is not a live host that is entered by ssh. */
  readonly hostKey?: HostKey | undefined
  /** Factor for default budgets: 1 with hardware acceleration, more under emulation. */
  readonly slowness: number
  /** @throws NotSupported when this machine cannot be asked that way, with what to do */
  shell(via: Transport): Promise<Shell>
  /** The default way. */
  readonly preferred: Transport
  state(): Promise<MachineState>
  /** Absent where there is no way back: something that already runs. */
  readonly snapshots?: MachineSnapshots
  /** How it was lost, when it was: `killed by SIGKILL`. */
  readonly exitReason?: string | undefined
  /** Calls the listener when its QEMU ends, until it is taken off again by the returned function. */
  onExit?(listener: () => void): () => void
  /** An address on the runner that leads to the machine's TCP port. */
  reachable(port: number): Promise<{ readonly host: string; readonly port: number }>
  /** Whether the machine answers on its TCP port, asked from the runner; `filtered` when nothing came back by the deadline. */
  probePort(port: number, deadline: Deadline): Promise<PortState>
  /** Ids of the network cards that were plugged in since it was last booted. */
  readonly nics: readonly string[]
  /** Plugs a network card in; nothing happens when it is. @throws NotSupported on machines whose devices are not ours */
  attachNic(nic: Nic): Promise<void>
  /** @throws NotSupported on machines whose power is not ours */
  power(action: PowerAction, deadline: Deadline): Promise<void>
}

/** The state after booting, by its name. */
export const READY = 'ready'

/** States of one machine, saved by name; memory, devices and disks. */
export interface MachineSnapshots {
  has(name: string): boolean
  /** @throws NotSupported when something in the machine forbids it; EnvironmentBroken on a full disk */
  save(name: string): Promise<void>
  /** Gets `restore` going in the background, at the price of as much memory again. */
  warmUp(name: string): void
  /** Whatever has become of the machine. @throws EnvironmentBroken when that is not possible any more */
  restore(name: string, deadline: Deadline): Promise<void>
}

/** What a TCP port answers, in nmap's words: `filtered` is how a firewall that drops looks. Unknown, with the reason, when it was not asked. */
export type PortState = 'open' | 'closed' | 'filtered' | { readonly unknown: string }
/** `off`: it was shut down or its plug was pulled; `lost`: it is gone unasked. */
export type MachineState = 'running' | 'off' | 'panicked' | 'lost'
export type PowerAction = 'boot' | 'reboot' | 'shutdown' | 'reset' | 'crash'

/** One kind of machine. Light: what boots it is loaded when something is booted. */
export interface MachineDriver<Plan extends MachinePlan = MachinePlan> {
  readonly kind: Plan['kind']
  /** How `--machine NAME=…` names machines of this kind. Absent: they cannot be named there. */
  readonly addresses?: MachineAddresses<Plan>
  /**
   * Boots (or connects) and returns when the guest itself says that it is ready.
   * @throws ConfigurationBroken when it panics or never gets ready; EnvironmentBroken when QEMU or the network fails
   */
  boot(plan: Plan, surroundings: BootContext): Promise<Machine>
}

/** The addresses of one driver. */
export interface MachineAddresses<Plan extends MachinePlan = MachinePlan> {
  /** What stands before the colon: `ssh`. */
  readonly schemes: readonly string[]
  /** For refusals: `NAME=run:SCRIPT`. */
  readonly example: string
  /** @throws UsageError that names the nearest right word */
  read(name: string, address: string, where: AddressContext): Plan
}

/** Where relative paths start, and where passwords come from: never from the command line, which every user can read. */
export interface AddressContext {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface BootContext {
  /** Private, existing folder for sockets, disks and transcripts; its path is short enough for a unix socket. */
  readonly runtimeDir: string
  /** Evidence that outlives the machine goes here (console transcript). */
  readonly evidenceDir: string
  readonly deadline: Deadline
  /** Aborted when the run ends before the machine is ready. */
  readonly signal?: AbortSignal
  readonly progress: Progress
  /** QEMU for one machine; asked only by drivers that need it. */
  machineTools(need: ToolsNeed): Promise<MachineTools>
  /** Folder shared by runs, for what is found out once: the accelerator, machines that are ready. */
  readonly cache: string
  /** Told of each command that was sent to a live host. */
  audit?(word: Sent | Done): void
  /** The files of its plan, with their values. */
  readonly handed?: readonly HandedFile[]
  /** It must really boot; no machine that was kept will do. */
  readonly coldBoot?: boolean
}
