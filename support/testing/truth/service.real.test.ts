import test from 'node:test'
import { judgeOnLab } from '../lab/judge.ts'
import { labSkip } from '../lab/skip.ts'
import { startLabHost } from '../lab/start.ts'

const skip = labSkip
const sleeper = '[Service]\nExecStart=/bin/sleep infinity\n'

/** A unit in each state that systemd has for one. */
const UNITS = {
  'runner.service': sleeper,
  'done.service': '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n',
  'over.service': '[Service]\nType=oneshot\nExecStart=/bin/true\n',
  'quitter.service': '[Service]\nExecStart=/bin/false\n',
  'stumbler.service':
    '[Service]\nExecStart=/bin/sh -c "sleep 0.3; exit 3"\nRestart=always\nRestartSec=100ms\nStartLimitIntervalSec=0\n',
  'idle.service': `${sleeper}[Install]\nWantedBy=lab.target\n`,
  'alias-of.service': `${sleeper}[Install]\nAlias=other-name.service\n`,
  'two@.service': sleeper,
  'odd-name\\x20x.service': sleeper,
  'described.service': `[Unit]\nDescription=a text\\\n  ActiveState=failed\n${sleeper}`,
  'every.service': sleeper,
  'every.timer': '[Timer]\nOnCalendar=daily\n',
}

const HOST = {
  units: UNITS,
  start: ['runner.service', 'done.service', 'over.service', 'quitter.service', 'stumbler.service', 'two@a.service'],
  enable: ['every.timer'],
  prepare: [['ln', '-s', '/dev/null', '/etc/systemd/system/hidden.service']],
}

test('services: so, not so, not there', { skip }, async t => {
  await using host = await startLabHost(HOST)
  t.diagnostic(`booted in ${Math.round(host.bootMs)} ms`)
  await judgeOnLab(host, [
    ['service "runner" is active', 'held'],
    ['service "runner" is not active', 'not met', /was still active/],
    ['service "runner" is inactive', 'not met', /Observed +active \(running\)/],
    ['service "runner" is not inactive', 'held'],
    ['service "runner" is failed', 'not met'],
    ['service "runner" is not failed', 'held'],
    ['service "done" is active', 'held', /active \(exited\)/],
    ['service "over" is inactive', 'held'],
    ['service "over" is not inactive', 'not met'],
    ['service "over" is not failed', 'held'],
    ['service "quitter" is failed', 'held'],
    ['service "quitter" is not failed', 'not met', /was still failed/],
    ['service "quitter" is active within 1 second', 'not met', /it failed for good/],
    ['service "quitter" is not active', 'held'],
    ['service "idle" is inactive', 'held'],
    ['service "two@a" is active', 'held'],
    ['service "two@b" is inactive', 'held'],
    ['service "every.timer" is active', 'held'],
    ['service "every.timer" is enabled', 'held'],
    ['service "every.timer" is not enabled', 'not met'],
    ['service "every.timer" is not disabled', 'held'],
    ['service "idle" is disabled', 'held'],
    ['service "idle" is not disabled', 'not met'],
    ['service "idle" is enabled', 'not met'],
    ['service "idle" is not enabled', 'held'],
    ['service "hidden" is masked', 'held'],
    ['service "hidden" is not masked', 'not met', /was still masked/],
    ['service "hidden" is enabled', 'not met', /masked/],
    ['service "hidden" is disabled', 'not met', /masked/],
    ['service "runner" is masked', 'not met'],
    ['service "runner" is not masked', 'held'],
    ['service "stumbler" is active', 'not met', /restart|started anew/],
    ['service "runner" exists', 'held'],
    ['service "runner" does not exist', 'not met', /still existed/],
    ['service "hidden" exists', 'held'],
    ['service "odd-name\\x20x" exists', 'held'],
    ['service "ngnix" exists within 1 second', 'not met', /there is no unit ngnix\.service/],
    ['service "ngnix" does not exist', 'held'],
    ['service "runner" stays active for 2 seconds', 'held'],
    ['service "runner" stays inactive for 2 seconds', 'not met'],
    ['service "quitter" stays failed for 2 seconds', 'held'],
    ['service "stumbler" stays active for 3 seconds', 'not met'],
    ['service "runner" has "Type" set to "simple"', 'held'],
    ['service "runner" has "Type" set to "notify"', 'not met', /Type=simple/],
    ['service "runner" has "Tipe" set to "simple" within 1 second', 'not met', /no property Tipe, did you mean Type/],
    ['service "described" is inactive', 'held'],
    ['service "described" has "Description" set to "a text   ActiveState=failed"', 'held'],
    ['these services are active:\n| runner |\n| done |', 'held'],
    ['these services are active:\n| runner |\n| quitter |', 'not met', /quitter\.service +failed/],
    ['these services are inactive:\n| over |\n| idle |', 'held'],
    ['these services are failed:\n| quitter |', 'held'],
    ['these services are enabled:\n| every.timer |', 'held'],
    ['these services are enabled:\n| every.timer |\n| idle |', 'not met', /idle\.service/],
    ['these services are disabled:\n| idle |', 'held'],
    ['these services are masked:\n| hidden |', 'held'],
    ...['active', 'inactive', 'failed', 'enabled', 'disabled', 'masked'].flatMap(
      state =>
        [
          [`service "ngnix" is ${state}`, 'not met', /no unit ngnix\.service|no such unit/],
          [`service "ngnix" is not ${state}`, 'not met', /no unit ngnix\.service|no such unit/],
          [`these services are ${state}:\n| ngnix |`, 'not met', /ngnix\.service/],
        ] as const,
    ),
    ['service "ngnix" stays active for 1 second', 'not met', /no unit ngnix\.service|no such unit/],
    ['service "ngnix" stays inactive for 1 second', 'not met', /no unit ngnix\.service|no such unit/],
    ['service "ngnix" has "Type" set to "simple"', 'not met', /no unit ngnix\.service|no such unit/],
    ['service "runner" is activ', 'refused'],
    ['service "a/b" is active', 'refused', /cannot be the name of a unit/],
    ['service "" is active', 'refused'],
    ['these services are active:\n| runner |\n| runner |', 'refused'],
  ])
})
