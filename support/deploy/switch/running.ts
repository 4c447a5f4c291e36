/** What a NixOS target runs and would boot, in one look. */
import { type Command, type CommandResult, sh } from '../../core/command.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { visible } from '../../core/text/visible.ts'

export const PROFILE = '/nix/var/nix/profiles/system'

export interface Running {
  /** What `/run/current-system` leads to. */
  readonly system: string
  /** What the profile leads to: the generation that a boot loader starts by default. */
  readonly profile: string
  /** `system-12-link`, as the profile names its generation. */
  readonly generation: string
  /** `x86_64-linux`, as the running system says it. */
  readonly platform: string
  /** It is the offline look-alike's, which says Debian's systemd. */
  readonly lookAlike: boolean
  readonly hostName: string
}

/** Reads only. */
export const running = (): Command => sh`
readlink -f /run/current-system && readlink -f ${PROFILE} && readlink ${PROFILE} && test -x /run/current-system/bin/switch-to-configuration &&
{ cat /run/current-system/system; echo; cat /run/current-system/init-interface-version; echo; cat /proc/sys/kernel/hostname; }`

const SYSTEM = /^\/nix\/store\/[0-9a-z]{32}-[\w.+?=-]+$/

/** @throws EnvironmentBroken for what is not a NixOS that runs from its profile */
export function parseRunning({ exitCode, stdout, stderr }: CommandResult): Running {
  const [system = '', profile = '', generation = '', platform = '', systemd = '', hostName = ''] = stdout
    .toString()
    .split('\n')
    .map(line => line.trim())
  const isRead = exitCode === 0 && SYSTEM.test(system) && SYSTEM.test(profile) && /^system-\d+-link$/.test(generation)
  if (!isRead || !/^\w+-\w+$/.test(platform)) throw noNixos(system, stderr)
  return { system, profile, generation, platform, hostName: visible(hostName), lookAlike: systemd.includes('(Debian)') }
}

const noNixos = (system: string, stderr: Buffer): EnvironmentBroken =>
  new EnvironmentBroken(
    `The target does not say which NixOS it runs\n${rows({
      Expected: `a system of /nix/store behind /run/current-system and ${PROFILE}, with a switch-to-configuration`,
      Got: visible(system || stderr.toString().trim().slice(0, 500), '\n') || 'nothing',
      Next: 'a machine that is no NixOS yet is installed: --then install',
    })}`.trimEnd(),
  )
