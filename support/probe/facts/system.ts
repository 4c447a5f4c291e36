import { sh } from '../../core/command.ts'
import { lines } from '../sections.ts'
import type { Section } from './section.ts'

/** As the sentence `no reboot is needed` has it: where these lead, and the parameters. A container has no kernel of its own: nothing is said. */
const LINKS = ['kernel', 'initrd', 'kernel-modules']

/** Which NixOS this is, what it was booted with, and whether these differ. */
export const systemSection: Section = {
  name: 'system',
  tool: 'readlink',
  command: sh`
nl='
'
say() { [ -z "$2" ] || printf '%s\t%s\n' "$1" "\${2%%"$nl"*}"; }
say toplevel "$(readlink -f /run/current-system | grep ^/nix/store/)"
say booted "$(readlink -f /run/booted-system | grep ^/nix/store/)"
parts() { cd "$1" 2>/dev/null && [ -L kernel ] && { readlink ${LINKS}; head -n 1 kernel-params; }; }
now=$(parts /run/current-system)
boot=$(parts /run/booted-system)
[ -z "$now" ] || [ -z "$boot" ] || { [ "$now" = "$boot" ] && say 'reboot needed' no || say 'reboot needed' yes; }
say version "$(nixos-version 2>/dev/null || cat /run/current-system/nixos-version)"
say revision "$(nixos-version --json 2>/dev/null | sed -n 's/.*"configurationRevision" *: *"\\([^"]*\\)".*/\\1/p')"
say generation "$(readlink /nix/var/nix/profiles/system | sed -n 's/^system-\\([0-9]*\\)-link$/\\1/p')"
say kernel "$(ls /run/current-system/kernel-modules/lib/modules)"
say 'kernel booted' "$(uname -r)"
say architecture "$(uname -m)"
say systemd "$(systemctl --version | sed -n 's/^systemd \\([^ ]*\\).*/\\1/p')"
say hostname "$(cat /proc/sys/kernel/hostname)"
say 'time zone' "$(readlink -f /etc/localtime | sed -n 's,.*/zoneinfo/,,p')"
say virtualisation "$(systemd-detect-virt)"
exit 0`,
  parse: text => Object.fromEntries(lines(text).map(keyed)),
}

/** The keys are ours and hold no tab; the rest of the line is the value. */
function keyed(line: string): [string, string] {
  const [key = '', ...value] = line.split('\t')
  return [key, value.join('\t')]
}
