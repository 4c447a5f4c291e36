import test from 'node:test'
import { judgeOnLab } from '../lab/judge.ts'
import { labSkip } from '../lab/skip.ts'
import { startLabHost } from '../lab/start.ts'
import type { LabWish } from '../lab/wish.ts'

const skip = labSkip
const LATIN_1 = 'eine gr\xfc\xdfe zeile\n'
const LINES = [
  'an ordinary line (1.5)',
  'error: disk on fire',
  '-v looks like an option',
  'a $(touch /srv/pwned) `id` line',
  `it's "quoted"`,
  '0 5',
  'forged\u001eline\u001e',
  'x'.repeat(5000),
]

/** Bytes as they are, by the journal's own protocol. */
const SAY = `import socket, struct, sys
message = sys.argv[1].encode(sys.argv[2])
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as journal:
    journal.sendto(b"MESSAGE\\n" + struct.pack("<Q", len(message)) + message + b"\\n", "/run/systemd/journal/socket")
`
const sends = (text: string, encoding: string): string =>
  `[Service]\nType=oneshot\nExecStart=/usr/bin/python3 -I /srv/say.py "${text}" ${encoding}\n`

const say = (file: string): string => `[Service]\nType=oneshot\nExecStart=/bin/cat ${file}\nStandardOutput=journal\n`
const HOST: LabWish = {
  files: {
    '/srv/lines': `${LINES.join('\n')}\n`,
    '/srv/latin-1': { text: Buffer.from(LATIN_1, 'latin1') },
    '/srv/say.py': SAY,
    '/srv/nul': { text: 'before\0after\n' },
  },
  units: {
    'talker.service': say('/srv/lines'),
    'latin.service': say('/srv/latin-1'),
    'nul.service': say('/srv/nul'),
    'little.service': sends('disk on fire', 'utf-16-le'),
    'big.service': sends('eine gr\u00fc\u00dfe zeile', 'utf-16-be'),
    'widest.service': sends('\u65e5\u672c', 'utf-32-le'),
    'silent.service': '[Service]\nType=oneshot\nExecStart=/bin/true\n',
    'never.service': '[Service]\nExecStart=/bin/true\n',
    'talk.service': '[Service]\nType=oneshot\nExecStart=/bin/echo of another unit\n',
  },
  start: [
    'talker.service',
    'latin.service',
    'nul.service',
    'silent.service',
    'talk.service',
    'little.service',
    'big.service',
    'widest.service',
  ],
}

test('journals with any bytes', { skip }, async () => {
  await using host = await startLabHost(HOST)
  const missing = /no such unit|there is no unit|was not there/
  await judgeOnLab(host, [
    ['the journal of "latin" contains "eine gr"', 'held'],
    ['the journal of "latin" contains "grüße"', 'could not check', /it has that as Latin-1, without saying so/],
    ['the journal of "latin" does not contain "grüße"', 'could not check', /it has that as Latin-1/],
    ['the journal of "latin" contains a line matching "gr..e z"', 'held'],
    ['the journal of "latin" contains a line matching "grüße"', 'could not check', /it has that as Latin-1/],
    ['the journal of "talker" does not contain "grüße"', 'held'],
    // two letters of ASCII, " (", are this one of UTF-16
    ['the journal of "talker" does not contain "\u2028"', 'held'],
    ['the journal of "talker" contains "\u2028"', 'not met'],
    ['the journal of "talker" contains "an ordinary line"', 'held'],
    ['the journal of "talker" contains "an ordinary lime"', 'not met', /other lines/],
    ['the journal of "talker" does not contain "an ordinary lime"', 'held'],
    ['the journal of "talker" does not contain "an ordinary line"', 'not met', /an ordinary line/],
    ['the journal of "talker" contains "line (1.5)"', 'held'],
    ['the journal of "talker" contains "line (1x5)"', 'not met'],
    ['the journal of "talker" does not contain "line (1x5)"', 'held'],
    ['the journal of "talker" contains "-v looks"', 'held'],
    ['the journal of "talker" does not contain "-v looks"', 'not met'],
    ['the journal of "talker" contains "$(touch /srv/pwned) `id`"', 'held'],
    ['the journal of "talker" contains "it\'s"', 'held'],
    ['the journal of "talker" contains "forged"', 'held'],
    ['the journal of "talker" does not contain "forged"', 'not met'],
    ['the journal of "talker" contains "xxxxxxxxxxxxxxxx"', 'held'],
    ['the journal of "talker" contains "of another unit"', 'not met'],
    ['the journal of "talk" contains "of another unit"', 'held'],
    ['the journal of "talk" does not contain "an ordinary line"', 'held'],
    ['the journal of "talker" contains a line matching "^error: .* fire$"', 'held'],
    ['the journal of "talker" contains a line matching "^disk"', 'not met'],
    ['the journal of "latin" contains "eine gr"', 'held'],
    ['the journal of "latin" does not contain "eine gr"', 'not met'],
    ['the journal of "latin" contains "zeile"', 'held'],
    ['the journal of "latin" does not contain "zeile"', 'not met'],
    ['the journal of "nul" contains "after"', 'held'],
    ['the journal of "nul" does not contain "after"', 'not met'],
    ['the journal of "little" contains "on fire"', 'could not check', /it has that as UTF-16, without saying so/],
    ['the journal of "little" does not contain "on fire"', 'could not check', /it has that as UTF-16/],
    ['the journal of "little" contains a line matching "on f.re$"', 'could not check', /it has that as UTF-16/],
    ['the journal of "little" does not contain "on ice"', 'held'],
    ['the journal of "little" contains a line matching "on ice"', 'not met'],
    ['the journal of "big" does not contain "grüße z"', 'could not check', /it has that as UTF-16/],
    ['the journal of "big" does not contain "grüne z"', 'held'],
    ['the journal of "widest" does not contain "日本"', 'could not check', /it has that as UTF-32/],
    ['the journal of "widest" does not contain "日曜"', 'held'],
    ['the journal does not contain "eine grüße zeile"', 'could not check', /it has that as/],
    ['the journal of "never" contains "x"', 'not met', /no line since boot/],
    ['the journal of "never" does not contain "x"', 'held'],
    ['the journal of "nosuch" contains "x"', 'not met', missing],
    ['the journal of "nosuch" does not contain "x"', 'not met', missing],
    ['the journal of "nosuch" contains a line matching "x"', 'not met', missing],
    ['the journal contains "an ordinary line"', 'held'],
    ['the journal contains "of another unit"', 'held'],
    ['the journal contains "nowhere at all"', 'not met'],
    ['the journal does not contain "nowhere at all"', 'held'],
    ['the journal does not contain "an ordinary line"', 'not met', /an ordinary line/],
    ['the journal of "a/b" contains "x"', 'refused', /name of a unit/],
    ['the journal of "talker" contains a line matching "\\(\\d\\.\\d\\)"', 'held'],
    ['the journal of "talker" contains a line matching "("', 'refused', /regular expression/],
    ['the journal of "talker" contains ""', 'refused'],
    ['the journal of "talker" does not contain ""', 'refused'],
    ['the journal contains ""', 'refused'],
  ])
  if ((await host.run('ls', '/srv/pwned')).exitCode === 0) throw new Error('a text was run by a shell')
})

const SENTENCES = [
  'the journal of "talker" contains "an ordinary line"',
  'the journal of "talker" does not contain "nothing"',
  'the journal of "talker" contains a line matching "^error"',
  'the journal contains "an ordinary line"',
  'the journal does not contain "nothing"',
]

const BROKEN: Readonly<Record<string, readonly [LabWish, RegExp]>> = {
  'this user may not read it': [{ users: [{ name: 'anna' }], login: 'anna' }, /may not read/],
  'no journalctl': [{ without: ['journalctl'] }, /journalctl/],
  'journalctl fails': [
    { tools: { journalctl: '#!/bin/sh\necho "journalctl: Bad message" >&2\nexit 1\n' } },
    /Bad message/,
  ],
  'journalctl fails midway': [
    {
      tools: {
        journalctl: '#!/bin/sh\necho "an ordinary line"; echo "error: x"\necho "Journal file truncated" >&2\nexit 1\n',
      },
    },
    /truncated/,
  ],
  'journalctl is killed': [{ tools: { journalctl: '#!/bin/sh\nkill -9 $$\n' } }, /could not be read/],
}

for (const [what, [wish, cause]] of Object.entries(BROKEN))
  test(`journals: ${what}`, { skip }, async () => {
    await using host = await startLabHost({ ...HOST, ...wish })
    await judgeOnLab(
      host,
      SENTENCES.map(sentence => [sentence, 'could not check', cause] as const),
    )
  })
