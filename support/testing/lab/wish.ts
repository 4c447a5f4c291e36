/** What a host of the laboratory is to be: plain data, so that a test reads as a description of the host. */

export interface LabWish {
  /** Host name; `box` when absent. */
  readonly name?: string
  /** Unit files by full name, as systemd.unit(5) has them. They exist; `start` and `enable` say which of them run. */
  readonly units?: Readonly<Record<string, string>>
  /** Units that the boot starts, without their being enabled. */
  readonly start?: readonly string[]
  /** Units that are enabled for the boot target, and so started. */
  readonly enable?: readonly string[]
  /** Files, links and folders by absolute path, made before systemd starts. A string is a file's text. */
  readonly files?: Readonly<Record<string, string | LabFile>>
  /** Beside Debian's own (root, daemon, bin, nobody, sshd …). */
  readonly users?: readonly LabUser[]
  readonly groups?: readonly LabGroup[]
  /** Memory file systems of their own by mount point, in MiB: small disks that can be filled. */
  readonly disks?: Readonly<Record<string, number>>
  /** The root's own size in MiB; 64 when absent. */
  readonly size?: number
  /** Programs that are not there, by name, as on a host where they were never installed. */
  readonly without?: readonly string[]
  /** Programs replaced by a text of one's own, by name: `{ stat: '#!/bin/sh\nexit 5\n' }`. */
  readonly tools?: Readonly<Record<string, string>>
  /** Commands run as root inside, one after the other, after the files are made and before systemd starts. */
  readonly prepare?: readonly (readonly string[])[]
  /** Further lines of sshd_config(5), such as `SetEnv LANG=de_DE.UTF-8`. */
  readonly sshd?: readonly string[]
  /** Who is logged in as; `root` when absent. There is no sudo. */
  readonly login?: string
  /** Whether to return only when the boot has no jobs left, at most three seconds later than sshd answers; true when absent. */
  readonly settled?: boolean
}

export interface LabFile {
  readonly text?: string | Uint8Array
  /** As chmod takes it; 0o644 for files, 0o755 for folders. */
  readonly mode?: number
  /** `user:group` as chown takes it, ids too. */
  readonly owner?: string
  /** The target of a symbolic link. */
  readonly link?: string
  readonly folder?: true
}

export interface LabUser {
  readonly name: string
  /** 1000 and on when absent. */
  readonly uid?: number
  /** A group of the user's own name and uid when absent. */
  readonly gid?: number
  /** Supplementary groups; each exists already or is in `groups`. */
  readonly groups?: readonly string[]
  readonly shell?: string
  readonly home?: string
}

export interface LabGroup {
  readonly name: string
  /** 2000 and on when absent. */
  readonly gid?: number
  readonly members?: readonly string[]
}
