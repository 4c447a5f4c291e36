import type { GuestFile } from '../core/values/guest-file.ts'
import type { MachineSize } from '../core/values/machine-size.ts'
import type { MachinePlan, SshPlan, Transport } from '../machine/machine.ts'
import type { Effect } from './effect.ts'

/** What is known of a machine before the run. */
export interface MachineSettings {
  /** `ssh://…`, `run:SCRIPT` or `image:FOLDER`, as `--machine` takes it. Left out: a host of the flake is booted. */
  readonly address?: string
  /** What that address means, with passwords from the environment: never written down. */
  readonly plan?: MachinePlan
  /** That host, when it has another name than the machine. */
  readonly host?: string
  /** How big it is, when it is booted from the flake. */
  readonly size?: MachineSize
  /** What is put into it before its activation, when it is booted from the flake. Values are not here. */
  readonly files?: readonly GuestFile[]
  /** Scenarios tagged `@role:NAME` are for each machine with that role. */
  readonly roles: readonly string[]
  /** What features may do to it, besides looking, when it is a live host. */
  readonly allow: readonly Effect[]
  /** Where it was named: `nixcumber.config.ts`, `hosts.json`, `--machine`. */
  readonly source?: string
}

/** What is known of the machine that is to be wiped, beside its address. */
export interface AboutTarget {
  /** Which host is installed on it, where a sentence does not say. */
  readonly host?: string
  /** Tarball by which the installer is started. */
  readonly kexec?: string
  readonly backup?: DeclaredBackup
}

/** What tells how old its backup is: a command of the runner, a file there, or labels of snapshots in the Hetzner Cloud. */
export type DeclaredBackup = { readonly command: string } | { readonly file: string } | { readonly hcloud: string }

/** Where a cluster of Kubernetes is asked, and what kubectl is told there. Without a machine it runs on the runner. */
export interface ClusterSettings {
  readonly machine?: string
  /** Path of a kubeconfig: on that machine, or on the runner. */
  readonly kubeconfig?: string
  /** One of its contexts. */
  readonly context?: string
  /** What features may do to it, besides looking, where the runner asks. */
  readonly allow?: readonly Effect[]
}

/**
 * What one run was asked for: command line over configuration file over defaults, all checked.
 * Plain data, so that it can be handed to another process.
 */
export interface RunSettings {
  /** Folder of `nixcumber.config.*`, or else where nixcumber was started: paths in sentences and settings start here. */
  readonly projectDir: string
  /** Flake that stands in for "." in features (`--flake`); undefined means the project folder. */
  readonly flake?: string
  /** Look-alike inputs instead of the real ones; never good for a GO. */
  readonly offline: boolean
  /** Way to ask every machine, when one was demanded. */
  readonly over?: Transport
  /** By name. A machine that is not among them is the flake's host of that name. */
  readonly machines: Readonly<Record<string, MachineSettings>>
  /** Hosts whose machines are installed, however a sentence brings them in: the gate's level. */
  readonly installed?: readonly string[]
  /** The machine that is to be wiped, with passwords from the environment; it is looked at only. */
  readonly target?: SshPlan
  /** What else is declared of it. */
  readonly aboutTarget?: AboutTarget
  /** Where sentences about Kubernetes ask, when they do not say it. Left out: on the machine in play. */
  readonly kubernetes?: ClusterSettings
  /** Machines that a deployment has just brought to where they are: `is installed` means those. */
  readonly deployed?: readonly string[]
  /** False: what the machines are is not recorded. */
  readonly facts?: boolean
  /** Leave machines running after the run. */
  readonly keep: boolean
  /** Shared by all runs, content-addressed: toolbox, store, base images. */
  readonly cacheDir: string
}
