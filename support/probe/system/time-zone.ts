import { type Command, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Fact } from '../fact.ts'
import type { Probe } from '../probe.ts'
import { type Answer, answers, inSections, isMissing, lines } from '../sections.ts'

export interface TimeZoneFacts {
  /** Whether the machine's local time follows the rules of the zone that is asked about, whatever it is called there. */
  readonly same: Fact<boolean>
  /** Whether the machine knows a zone of that name. */
  readonly exists: boolean
  /** What /etc/localtime is, for the reader: the name of a zone where it has one. */
  readonly local: string
}

/** Where tzdata is: on NixOS, elsewhere, and beside the rules that are in use. */
const FOLDERS = ['/etc/zoneinfo', '/usr/share/zoneinfo']

/** The time zone of programs on the machine (localtime(5)); without /etc/localtime it is UTC. Rules are compared, for a zone has several names and a file none. */
export const timeZone: Probe<string, TimeZoneFacts> = {
  budget: seconds(10),
  describe: () => 'the time zone',
  command: zone =>
    inSections(
      sh`if [ -e /etc/localtime ] || [ -L /etc/localtime ]; then readlink -f /etc/localtime; fi`,
      sh`if [ -e /etc/localtime ]; then sha256sum < /etc/localtime; elif [ -L /etc/localtime ]; then
echo '/etc/localtime leads nowhere' >&2; false; else ${rulesOf('UTC')}; fi 2>&1`,
      sh`{ ${rulesOf(zone)}; } 2>&1`,
    ),
  parse(result) {
    const [path, local, wanted] = answers(result, 'The time zone', 3)
    const same = path && isMissing(path) ? { unknown: 'there is no readlink on this machine' } : compare(local, wanted)
    return { same, exists: wanted?.code !== NO_SUCH_ZONE, local: nameOf(path) }
  },
}

const NO_RULES = 3
const NO_SUCH_ZONE = 4

/** The sum of the rules of a zone; 3 where the machine has no zones at all, 4 where it has not this one. */
const rulesOf = (zone: string): Command => sh`
here=$(readlink -f /etc/localtime)
case $here in */zoneinfo/*) here=\${here%%/zoneinfo/*}/zoneinfo ;; *) here= ;; esac
code=${NO_RULES}
for folder in "$here" ${FOLDERS}; do
  [ -n "$folder" ] && [ -e "$folder/UTC" ] || continue
  code=${NO_SUCH_ZONE}
  if [ -f "$folder"/${zone} ]; then sha256sum < "$folder"/${zone}; code=$?; break; fi
done
(exit "$code")`

function compare(local: Answer | undefined, wanted: Answer | undefined): TimeZoneFacts['same'] {
  if (!local || !wanted) return { unknown: 'the rules were not told' }
  if (wanted.code === NO_SUCH_ZONE && local.code === 0) return { is: false }
  const failed = [local, wanted].find(({ code }) => code !== 0)
  if (failed) return { unknown: whyNot(failed) }
  if (![local, wanted].every(({ text }) => SUM.test(text)))
    return { unknown: 'sha256sum has said something else than a sum' }
  return { is: local.text === wanted.text }
}

const SUM = /^[0-9a-f]{64} +-$/

function whyNot(answer: Answer): string {
  if (isMissing(answer)) return 'there is no sha256sum on this machine'
  if (answer.code === NO_RULES) return 'the machine has no zoneinfo to compare /etc/localtime with'
  return lines(answer.text)[0] ?? '/etc/localtime could not be read'
}

function nameOf(path: Answer | undefined): string {
  if (path?.code !== 0) return '/etc/localtime could not be followed'
  if (path.text === '') return 'UTC, as there is no /etc/localtime'
  return (
    /^(?:(?!\/zoneinfo\/)[\s\S])*?\/zoneinfo\/(.+)$/.exec(path.text)?.[1] ?? `rules without a name, in ${path.text}`
  )
}
