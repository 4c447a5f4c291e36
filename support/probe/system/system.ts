import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Probe } from '../probe.ts'
import { answers, C_LOCALE, inSections, lines, succeeded } from '../sections.ts'
import { agesOf, PROCESS_TIMES } from '../units/unit-age.ts'
import { blocksOf } from '../units/unit-properties.ts'
import { UnreadableAnswer } from '../unreadable-answer.ts'
import { isUp, parseSystemState, type SystemState } from './system-state.ts'

export interface SystemFacts {
  readonly state: SystemState
  readonly failed: readonly string[]
  /** Units in a start job, for telling what a slow boot waits for. */
  readonly starting: readonly string[]
  /** Services that run, are being started, or wait to be started again; asked of a system that is up. */
  readonly services: readonly RunningService[]
}

export interface RunningService {
  readonly name: string
  readonly type: string
  readonly activeState: string
  readonly subState: string
  readonly restarts: number
  /** Restart=, as systemd.service(5) has it. */
  readonly restart: string
  readonly age?: number
}

const PROPERTIES = 'Id,Type,ActiveState,SubState,NRestarts,Restart,MainPID,ActiveEnterTimestampMonotonic'
const LIST = ['--plain', '--no-legend', '--no-pager', '--full']

/** The system as a whole: its state, the failed units, what is still being started, and what is started again and again. */
export const system: Probe<void, SystemFacts> = {
  budget: seconds(120),
  describe: () => 'the system',
  command: () => sh`${{ script: C_LOCALE }}
state=$(systemctl is-system-running); facts= listed= ended=0
case $state in running|degraded)
listed=$(systemctl list-units ${LIST} --type service --state running,activating,reloading); ended=$?
names=$(printf '%s\n' "$listed" | while read -r name _; do printf '%s ' "$name"; done)
set -f; [ -z "$listed" ] || { facts=$(systemctl show --property ${PROPERTIES} -- $names) || ended=$?; };;
esac
${inSections(
  sh`printf '%s\n' "$state"`,
  sh`systemctl list-units --failed ${LIST}`,
  sh`systemctl list-jobs --no-legend --no-pager --full`,
  sh`printf '%s\n' "$facts"; exit $ended`,
  PROCESS_TIMES,
)}`,
  parse(result) {
    const [word, failed, jobs, shown, times] = answers(result, 'The system', 5)
    const state = parseSystemState(word, result)
    const facts = {
      state,
      failed: lines(succeeded(failed, 'The list of failed units', result)).map(nameIn),
      starting: lines(succeeded(jobs, 'The list of jobs', result))
        .filter(line => / start /.test(line))
        .map(line => line.trim().split(/\s+/)[1] ?? ''),
      services: parseServices(succeeded(shown, 'The list of services', result), times?.text),
    }
    // of a system that is up systemd runs some services itself, and one that is degraded has a unit that failed
    const unlisted = facts.services.length === 0 || (state === 'degraded' && facts.failed.length === 0)
    if (isUp(state) && unlisted) throw new UnreadableAnswer('The list of units', result)
    return facts
  },
  evidence: () => ({
    name: 'journal of what failed',
    command: sh`for unit in $(systemctl list-units --failed --plain --no-legend --no-pager | cut -d ' ' -f 1); do
journalctl --boot --quiet --unit "$unit" --lines 4 --no-pager --output short-monotonic; done; systemctl list-jobs --no-legend --no-pager`,
  }),
}

/** The first word, after a mark that some versions put before it. */
const nameIn = (line: string): string =>
  line
    .replace(/^[●*○×]\s*/u, '')
    .trim()
    .split(/\s+/)[0] ?? ''

function parseServices(shown: string, times: string | undefined): RunningService[] {
  const ageOf = agesOf(times)
  return blocksOf(shown).map(block => {
    const get = (key: string): string => block?.get(key) ?? ''
    const age = block && ageOf(block)
    return {
      name: get('Id'),
      type: get('Type'),
      activeState: get('ActiveState'),
      subState: get('SubState'),
      restarts: Number(get('NRestarts') || 0),
      restart: get('Restart'),
      ...(age !== undefined && { age }),
    }
  })
}
