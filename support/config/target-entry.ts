/** The key `target` of the configuration: the machine that is to be wiped. */
import { resolve } from 'node:path'
import { z } from 'zod'
import type { AboutTarget } from '../world/settings.ts'

/** What tells how old its backup is. */
const backupEntry = z.union([
  /** A command, run by the runner's shell in the project's folder; it prints the time of the last backup, as `date -Is` or in seconds since 1970. */
  z.strictObject({ command: z.string().min(1) }),
  /** A file on the runner, as old as the last backup. */
  z.strictObject({ file: z.string().min(1) }),
  /** The newest snapshot in the Hetzner Cloud with these labels: `host=t14`. */
  z.strictObject({ hcloud: z.string().min(1) }),
])

const full = z.strictObject({
  /** As `--target`. */
  address: z.string().optional(),
  /** Which host of the flake is installed on it. */
  host: z.string().min(1).optional(),
  backup: backupEntry.optional(),
  /** The tarball by which the installer is started there, as nixos-anywhere takes it by `--kexec`. */
  kexec: z.string().min(1).optional(),
})

export const targetEntry = z.union([z.string().transform((address): z.infer<typeof full> => ({ address })), full])
export type TargetEntry = z.infer<typeof full>

/** Beside its address; files start at the project's folder. */
export function aboutTarget({ host, backup, kexec }: TargetEntry, projectDir: string): AboutTarget {
  return {
    ...(host === undefined ? {} : { host }),
    ...(kexec === undefined ? {} : { kexec: resolve(projectDir, kexec) }),
    ...(backup === undefined ? {} : { backup: 'file' in backup ? { file: resolve(projectDir, backup.file) } : backup }),
  }
}
