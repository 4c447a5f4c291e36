/** Whether a computer that is switched has the disks that the new system mounts: without them it would run now, and not boot again. */
import { type Command, type CommandResult, sh } from '../core/command.ts'
import { EnvironmentBroken, ExpectationNotMet } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'
import { visible } from '../core/text/visible.ts'

/** Reads only. fstab(5): device, mount point, type, options; blanks are `\040`. A container mounts no disks when it boots. */
export const mountedDisks = (system: string): Command => sh`
if systemd-detect-virt --container --quiet 2>/dev/null; then echo container; exit 0; fi
table=${`${system}/etc/fstab`}
[ -r "$table" ] || { echo "$table cannot be read" >&2; exit 1; }
while read -r device point type options rest; do
  case ",$options," in *,noauto,*|*,nofail,*|*,bind,*) continue ;; esac
  case $device in
    /dev/*) path=$device ;;
    UUID=*|LABEL=*|PARTUUID=*|PARTLABEL=*)
      path=/dev/disk/by-$(printf %s "\${device%%=*}" | tr '[:upper:]' '[:lower:]')/\${device#*=} ;;
    *) continue ;;
  esac
  if [ -e "$path" ]; then echo "there $device $point"; else echo "missing $device $point"; fi
done <"$table"
echo end`

/** @throws ExpectationNotMet for a disk that is not there; EnvironmentBroken where it could not be told */
export function refuseMissingDisks(system: string, { exitCode, stdout, stderr }: CommandResult): void {
  const lines = stdout.toString().trim().split('\n')
  if (exitCode === 0 && lines.length === 1 && lines[0] === 'container') return
  if (exitCode !== 0 || lines.at(-1) !== 'end')
    throw new EnvironmentBroken(
      `It cannot be told which disks ${system} mounts: ${visible(stderr.toString().trim().slice(0, 500)) || 'the answer was cut off'}`,
    )
  const missing = lines.flatMap(line => /^missing (\S+) (\S+)$/.exec(line)?.slice(1).join(' at ') ?? [])
  if (missing.length === 0) return
  throw new ExpectationNotMet(
    `The target does not have all disks that the new system mounts: it would not boot again\n${rows({
      'Not there': visible(missing.join('\n'), '\n'),
      Next: 'is it the machine that is meant? A layout that is another one is installed: --then install',
    })}`.trimEnd(),
  )
}
