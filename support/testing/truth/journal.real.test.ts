/** Journals with any bytes in them, of units that are and are not there. */
import test from 'node:test'
import { judgeOnLab } from '../lab/judge.ts'
import { labSkip } from '../lab/skip.ts'
import { startLabHost } from '../lab/start.ts'

const skip = labSkip
const says = (format: string): string =>
  `[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/printf '${format.replaceAll('\\', '\\\\').replaceAll('%', '%%')}'\n`

const UNITS = {
  'plain.service': says('a word for the journal\\nbind() failed (98)\\n'),
  'latin1.service': says('caf\\351 one\\nneedle \\351 end\\n'),
  'forger.service': says('x\\0360 6\\nloaded\\n0 4\\nopen\\n\\036\\n'),
  'silent.service': '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\nSyslogIdentifier=-\n',
  'apart.service': `${says('needle apart\\n')}LogNamespace=apart\n`,
  'alias-of.service': says('needle under its own name\\n'),
}
/** A look at a journal takes several programs, and the computer of the tests may be busy. */
const patient = { within: '4 seconds' }

test('journals: so, not so, not there', { skip }, async t => {
  await using host = await startLabHost({
    units: UNITS,
    start: Object.keys(UNITS),
    prepare: [['ln', '-s', 'alias-of.service', '/etc/systemd/system/other-name.service']],
  })
  t.diagnostic(`booted in ${Math.round(host.bootMs)} ms`)
  await judgeOnLab(
    host,
    [
      ['the journal of "plain" contains "a word for the journal"', 'held'],
      ['the journal of "plain" contains "A word"', 'not met', /other lines, the newest/],
      ['the journal of "plain" does not contain "A word"', 'held'],
      ['the journal of "plain" does not contain "a word"', 'not met', /contained "a word": it is there/],
      ['the journal of "plain" contains a line matching "^bind\\(\\) failed \\(\\d+\\)$"', 'held'],
      ['the journal of "plain" contains a line matching "^failed"', 'not met'],
      ['the journal of "latin1" contains "needle"', 'held'],
      ['the journal of "latin1" does not contain "needle"', 'not met', /it is there/],
      ['the journal of "latin1" does not contain "end"', 'not met', /it is there/],
      ['the journal of "latin1" contains a line matching "end$"', 'held'],
      ['the journal of "forger" does not contain "loaded"', 'not met', /it is there/],
      ['the journal of "forger" does not contain "nothing like it"', 'held'],
      ['the journal of "ngnix" does not contain "x"', 'not met', /there is no unit ngnix\.service/],
      ['the journal of "ngnix" contains "x"', 'not met', /there is no unit ngnix\.service/],
      ['the journal of "ngnix" contains a line matching "x"', 'not met', /there is no unit ngnix\.service/],
      ['the journal of "other-name" contains "needle under its own name"', 'held'],
      ['the journal of "other-name" does not contain "needle under its own name"', 'not met'],
      // with LogNamespace= it has a journal of its own
      ['the journal of "apart" contains "needle apart"', 'held'],
      ['the journal of "apart" does not contain "needle apart"', 'not met', /it is there/],
      ['the journal of "apart" contains a line matching "^needle apart$"', 'held'],
      ['the journal of "apart" does not contain "nothing like it"', 'held'],
      ['the journal contains "needle"', 'held'],
      ['the journal does not contain "needle"', 'not met'],
      ['the journal does not contain "no such line"', 'held'],
      ['the journal of "plain" contains ""', 'refused', /empty text/],
      ['the journal of "plain" does not contain ""', 'refused', /empty text/],
      ['the journal of "plain" contains a line matching "("', 'refused', /no regular expression/],
    ],
    patient,
  )
})

test('journals that cannot be read', { skip }, async () => {
  await using host = await startLabHost({
    units: { 'plain.service': UNITS['plain.service'] },
    start: ['plain.service'],
  })
  const both = (cause: RegExp) =>
    [
      ['the journal of "plain" contains "word"', 'could not check', cause],
      ['the journal of "plain" does not contain "word"', 'could not check', cause],
      ['the journal of "plain" contains a line matching "word"', 'could not check', cause],
      ['the journal does not contain "word"', 'could not check', cause],
    ] as const
  host.replace('journalctl', '#!/bin/sh\necho "Failed to open files: Input/output error" >&2\nexit 1\n')
  await judgeOnLab(host, both(/could not be read|Input\/output error/), patient)
  host.remove('journalctl')
  await judgeOnLab(host, both(/journalctl: (?:command )?not found|No such file/), patient)
})

test('what is run comes into the journal, as where the kernel audits it, and the text with it if it stood there', {
  skip,
}, async () => {
  await using host = await startLabHost({ prepare: [['cp', '/usr/bin/grep', '/usr/bin/logger', '/srv/']] })
  host.replace('grep', '#!/bin/sh\n/srv/logger "audit: EXECVE grep $*"\nexec /srv/grep "$@"\n')
  const often = (sentence: string) => Array.from({ length: 3 }, () => sentence)
  await judgeOnLab(
    host,
    [
      ...often('the journal does not contain "panic"').map(sentence => [sentence, 'held'] as const),
      ...often('the journal contains "panic"').map(sentence => [sentence, 'not met'] as const),
      ['the journal contains "EXECVE grep"', 'held'],
    ],
    patient,
  )
})

test('a journal that this user may not read', { skip }, async () => {
  await using host = await startLabHost({ users: [{ name: 'anna' }], login: 'anna' })
  await judgeOnLab(
    host,
    [
      ['the journal does not contain "no such line"', 'could not check', /may not read it/],
      ['the journal contains "systemd"', 'could not check', /may not read it/],
    ],
    patient,
  )
})
