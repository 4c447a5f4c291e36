/** The last step of a switch, as one program on the target: the profile, the boot loader, and the end of the timer. */
import { sh } from '../../core/command.ts'
import { PROFILE, type Running } from './running.ts'
import { ROLLBACK } from './units.ts'

/**
 * It goes no further than what it can still take back: without its timer, or when the boot loader cannot be written, the profile is what it was.
 * @returns argv of a shell that does it
 */
export const permanent = (system: string, { system: old, generation }: Running): readonly string[] => [
  '/bin/sh',
  '-c',
  sh`set -eu
timer=${`${ROLLBACK}.timer`}
counts() { [ "$(systemctl show --property=SubState --value "$timer")" = waiting ]; }
number=${/\d+/.exec(generation)?.[0] ?? ''}
take_back() {
  nix-env --profile ${PROFILE} --switch-generation "$number"
  ${`${old}/bin/switch-to-configuration`} boot
}
counts || { echo "the timer does not count any more" >&2; exit 1; }
[ "$(readlink -f /run/current-system)" = ${system} ]
nix-env --profile ${PROFILE} --set ${system}
${`${system}/bin/switch-to-configuration`} boot || { take_back; echo "the boot loader could not be written" >&2; exit 1; }
counts || { take_back; echo "the timer went off meanwhile" >&2; exit 1; }
systemctl stop "$timer"
[ "$(readlink -f /run/current-system)" = ${system} ]`.script,
]
