import test from 'node:test'
import { judgeOnLab } from '../lab/judge.ts'
import { labSkip } from '../lab/skip.ts'
import { startLabHost } from '../lab/start.ts'

const SERVICE = '[Service]\nExecStart=/bin/sleep infinity\n'

test('services that are killed, and are active again or not', { skip: labSkip }, async () => {
  await using host = await startLabHost({
    units: {
      'phoenix.service': `${SERVICE}Restart=always\nRestartSec=100ms\n`,
      'mortal.service': SERVICE,
      'idle.service': SERVICE,
      // runs well for longer than a look takes, and falls over each time
      'beginner.service':
        '[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/bin/sh -c "sleep 1.5; exit 3"\nRestart=always\nRestartSec=100ms\n',
      'steady.service': `${SERVICE}Restart=always\n`,
    },
    start: ['phoenix.service', 'mortal.service'],
  })
  const killed = (name: string): string =>
    `When service "${name}" is killed\nThen service "${name}" is active again within 20 seconds`
  const started = (name: string): string =>
    `When service "${name}" is started\nThen service "${name}" is active within 10 seconds`
  await judgeOnLab(
    host,
    [
      [started('beginner'), 'not met', /kept restarting/],
      [started('steady'), 'held'],
      [killed('phoenix'), 'held'],
      [killed('mortal'), 'not met', /failed for good/],
      [killed('idle'), 'not met', /was not active/],
      [killed('ngnix'), 'not met', /no unit ngnix\.service/],
      [
        'Then service "phoenix" is active\nThen service "phoenix" is active again within 2 seconds',
        'not met',
        /not active again/,
      ],
      ['Then service "phoenix" is active again within 2 seconds', 'refused', /since when/],
    ],
    { options: ['--allow', 'changes'] },
  )
})
