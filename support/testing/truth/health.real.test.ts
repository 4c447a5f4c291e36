import test from 'node:test'
import { judgeOnLab } from '../lab/judge.ts'
import { labSkip } from '../lab/skip.ts'
import { startLabHost } from '../lab/start.ts'
import type { LabWish } from '../lab/wish.ts'

const skip = labSkip
const QUITTER = { 'quitter.service': '[Service]\nExecStart=/bin/false\n' }
const SLOW = { 'slow.service': '[Service]\nType=oneshot\nTimeoutStartSec=infinity\nExecStart=/bin/sleep infinity\n' }
const STUMBLER = {
  'stumbler.service':
    '[Service]\nExecStart=/bin/sh -c "sleep 0.4; exit 3"\nRestart=always\nRestartSec=100ms\nStartLimitIntervalSec=0\n',
}

test('the system and its units: well, failed, starting, stumbling', { skip }, async () => {
  const both = (system: 'held' | 'not met', units: 'held' | 'not met') =>
    [
      ['the system is running', system],
      ['no unit has failed', units],
    ] as const
  const cases: readonly [LabWish, readonly ['held' | 'not met', 'held' | 'not met']][] = [
    [{}, ['held', 'held']],
    [{ units: QUITTER, start: ['quitter.service'] }, ['not met', 'not met']],
    [{ units: SLOW, start: ['slow.service'], settled: false }, ['not met', 'not met']],
    [{ units: STUMBLER, start: ['stumbler.service'] }, ['not met', 'not met']],
  ]
  for (const [wish, [system, units]] of cases) {
    await using host = await startLabHost(wish)
    await judgeOnLab(host, both(system, units), { within: '2 seconds' })
  }
})

test('the system: the tool is not there, is hostile, or speaks another language', { skip }, async () => {
  const sentences = ['the system is running', 'no unit has failed']
  const cases: readonly [LabWish, RegExp][] = [
    [{ without: ['systemctl'] }, /systemctl/],
    [
      { tools: { systemctl: '#!/bin/sh\necho "Failed to connect to bus: No such file" >&2\nexit 1\n' } },
      /Failed to connect to bus/,
    ],
    [{ tools: { systemctl: '#!/bin/sh\nexit 0\n' } }, /could not be read/],
    [
      { tools: { systemctl: '#!/bin/sh\ncase $* in *is-system-running*) echo degraded; exit 1;; *) exit 1;; esac\n' } },
      /could not be read/,
    ],
  ]
  for (const [wish, cause] of cases) {
    await using host = await startLabHost(wish)
    await judgeOnLab(
      host,
      sentences.map(sentence => [sentence, 'could not check', cause] as const),
    )
  }
})
