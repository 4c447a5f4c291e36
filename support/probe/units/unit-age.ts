import { type Command, sh } from '../../core/command.ts'
import { lines } from '../sections.ts'

/**
 * The seconds since the machine was booted, then each process named by `MainPID` in `$facts` and the clock tick of its start. Both are
 * the kernel's boot time, which goes on while a laptop sleeps; systemd's own time stamps do not (proc(5); clock_gettime(2)). The name
 * of a process stands in brackets and may hold anything, brackets too: it ends at the last one.
 */
export const PROCESS_TIMES: Command = sh`set -f; IFS=' ' read -r up _ < /proc/uptime; printf '%s\n' "$up"
for word in $facts; do
case $word in MainPID=[1-9]*)
pid=\${word#*=} stat=
{ IFS= read -r -d '' stat < "/proc/$pid/stat"; } 2>/dev/null
set -- \${stat##*) }
[ $# -lt 20 ] || printf '%s %s\n' "$pid" "\${20}";;
esac
done`

/** Of a clock tick, on every architecture that NixOS runs on (USER_HZ). */
const TICK_SECONDS = 0.01

/** How many seconds ago a unit's present start was, by its properties; undefined for one that is not active. */
export function agesOf(times = ''): (shown: ReadonlyMap<string, string>) => number | undefined {
  const [up = '', ...processes] = lines(times)
  const starts = new Map(processes.map(line => line.split(' ') as [string, string]))
  return shown => {
    const started = starts.get(shown.get('MainPID') ?? '')
    if (started !== undefined) return Number(up) - Number(started) * TICK_SECONDS
    const entered = Number(shown.get('ActiveEnterTimestampMonotonic') || 0) / 1e6
    return shown.get('ActiveState') === 'active' && entered > 0 && up !== '' ? Number(up) - entered : undefined
  }
}
