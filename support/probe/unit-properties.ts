import { sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import type { Probe } from './probe.ts'
import { parseProperties } from './unit.ts'
import { UnreadableAnswer } from './unreadable-answer.ts'

/** Every property of a unit as `systemctl show` prints it. */
export const unitProperties: Probe<string, ReadonlyMap<string, string>> = {
  budget: seconds(10),
  describe: name => name,
  command: name => sh`systemctl show --all -- ${name}`,
  parse(result, name) {
    const shown = parseProperties(result.stdout.toString())
    if (!shown.has('LoadState')) throw new UnreadableAnswer(`The properties of ${name}`, result)
    return shown
  },
}
