import { createHash } from 'node:crypto'
import test from 'node:test'
import { judgeOnLab } from '../lab/judge.ts'
import type { Row } from '../lab/rows.ts'
import { labSkip } from '../lab/skip.ts'
import { startLabHost } from '../lab/start.ts'
import type { LabWish } from '../lab/wish.ts'

const skip = labSkip
const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')
const BINARY = Uint8Array.from([0, 1, 2, 0x1e, 0xff, 10, 104, 105, 10])
const BIG = `${'x'.repeat(2 * 1024 * 1024)}needle\n`

const HOST: LabWish = {
  size: 96,
  users: [{ name: 'simon', uid: 4711 }],
  groups: [
    { name: 'staff2', gid: 2100 },
    { name: 'domain users', gid: 2101 },
  ],
  files: {
    '/srv/text': { text: 'hello\nworld (1.5)\n', mode: 0o640, owner: '4711:2100' },
    '/srv/blank-group': { text: 'hello\n', mode: 0o640, owner: '4711:2101' },
    '/srv/empty': '',
    '/srv/folder': { folder: true, mode: 0o1777 },
    '/srv/link': { link: 'text' },
    '/srv/dangling': { link: '/no/where' },
    '/srv/to-folder': { link: '/srv/folder' },
    '/srv/loop': { link: 'pool' },
    '/srv/pool': { link: 'loop' },
    '/srv/latin-1': { text: Buffer.from('gr\xfc\xdfe\n', 'latin1') },
    '/srv/binary': { text: BINARY },
    '/srv/utf-16': { text: Buffer.from('\ufeffhello\n', 'utf16le') },
    '/srv/unmarked': { text: Buffer.from('hello\n', 'utf16le') },
    '/srv/big': { text: BIG },
    '/srv/suid': { text: 'x', mode: 0o4755 },
    '/srv/nobodys': { text: 'x', owner: '5555:6666' },
    '/srv/a name': 'blank\n',
    "/srv/it's $(touch pwned) `id`": 'quoted\n',
    '/srv/-n': 'dash\n',
    '/srv/grün': 'umlaut\n',
    '/srv/forged': 'a\n0 5\nforged\n\u001ehello\u001e\n',
    '/srv/secret.key': { text: 'PASSWORD1\n', mode: 0o600 },
  },
  prepare: [['mkfifo', '/srv/fifo']],
}

const so: Row[] = [
  ['file "/srv/text" exists', 'held'],
  ['file "/srv/text" does not exist', 'not met', /still existed/],
  ['file "/srv/nosuch" exists', 'not met', /nothing there/],
  ['file "/srv/nosuch" does not exist', 'held'],
  ['file "/srv/tex" does not exist', 'held'],
  ['file "/srv/text/" does not exist', 'not met', /still existed/],
  ['file "/srv//./text//." does not exist', 'not met', /still existed/],
  ['file "/srv/text/" exists', 'held'],
  ['file "/srv/folder/" is a directory', 'held'],
  ['file "/" is a directory', 'held'],
  ['file "/srv/text/below" does not exist', 'held'],
  ['file "/srv/text/below" exists', 'not met'],
  ['file "/srv/folder" exists', 'held'],
  ['file "/srv/fifo" exists', 'held', /fifo/],
  ['file "/dev/null" exists', 'held', /character device/],
  ['file "/srv/link" exists', 'held'],
  ['file "/srv/dangling" exists', 'not met', /a link to \/no\/where, where there is nothing/],
  ['file "/srv/folder" is a directory', 'held'],
  ['file "/srv/folder" is not a directory', 'not met', /still a directory/],
  ['file "/srv/to-folder" is a directory', 'held'],
  ['file "/srv/text" is a directory', 'not met', /a file/],
  ['file "/srv/text" is not a directory', 'held'],
  ['file "/srv/nosuch" is a directory', 'not met', /nothing there/],
  ['file "/srv/link" is a link to "text"', 'held'],
  ['file "/srv/link" is a link to "/srv/text"', 'held'],
  ['file "/srv/link" is a link to "/srv/tex"', 'not met', /a link to text/],
  ['file "/srv/dangling" is a link to "/no/where"', 'held'],
  ['file "/srv/loop" is a link to "pool"', 'held'],
  ['file "/srv/text" is a link to "text"', 'not met', /a file/],
  ['file "/srv/nosuch" is a link to "text"', 'not met', /nothing there/],
]

const content: Row[] = [
  ['file "/srv/text" contains "world (1.5)"', 'held'],
  ['file "/srv/text" contains "w.rld"', 'not met'],
  ['file "/srv/text" contains "hello\nworld"'.replace('\n', '\\n'), 'not met'],
  ['file "/srv/text" contains:\n"""\nhello\nworld\n"""', 'held'],
  ['file "/srv/text" contains:\n"""\nhello\nthere\n"""', 'not met'],
  ['file "/srv/text" does not contain "worlds"', 'held'],
  ['file "/srv/text" does not contain "world"', 'not met', /still contained "world"/],
  ['file "/srv/link" contains "hello"', 'held'],
  ['file "/srv/empty" contains "x"', 'not met', /an empty file/],
  ['file "/srv/empty" does not contain "x"', 'held'],
  ['file "/srv/nosuch" contains "x"', 'not met', /nothing there/],
  ['file "/srv/nosuch" does not contain "x"', 'not met', /nothing there/],
  ['file "/srv/folder" contains "x"', 'not met', /a directory/],
  ['file "/srv/folder" does not contain "x"', 'not met', /a directory/],
  ['file "/srv/fifo" does not contain "x"', 'not met', /a fifo/],
  ['file "/srv/dangling" does not contain "x"', 'not met', /nothing/],
  ['file "/srv/latin-1" contains "gr"', 'held'],
  ['file "/srv/latin-1" does not contain "gr"', 'not met'],
  ['file "/srv/latin-1" does not contain "xyz"', 'held'],
  ['file "/srv/latin-1" does not contain "grüße"', 'could not check', /holds the text as Latin-1/],
  ['file "/srv/utf-16" contains "hello"', 'held'],
  ['file "/srv/utf-16" does not contain "hello"', 'not met', /still contained/],
  ['file "/srv/utf-16" does not contain "nope"', 'held'],
  ['file "/srv/unmarked" contains "hello"', 'could not check', /holds the text as UTF-16, without saying so/],
  ['file "/srv/unmarked" does not contain "hello"', 'could not check', /holds the text as UTF-16, without saying so/],
  ['the command "cat /srv/utf-16" does not print "hello"', 'not met', /still printed/],
  ['file "/srv/binary" contains "hi"', 'held'],
  ['file "/srv/binary" does not contain "hi"', 'not met'],
  ['file "/srv/binary" does not contain "ho"', 'held'],
  ['file "/srv/big" contains "x"', 'held'],
  ['file "/srv/big" contains "needle"', 'could not check', /longer than the 1048576 bytes/],
  ['file "/srv/big" does not contain "needle"', 'could not check', /longer than the 1048576 bytes/],
  ['file "/srv/big" does not contain "x"', 'not met'],
  ['file "/srv/forged" contains "forged"', 'held'],
  ['file "/srv/forged" does not contain "forged"', 'not met'],
  ['file "/srv/forged" does not contain "hello"', 'not met'],
  ['file "/srv/grün" contains "umlaut"', 'held'],
  ['file "/srv/a name" contains "blank"', 'held'],
  ['file "/srv/-n" contains "dash"', 'held'],
  ['file "/srv/it\'s $(touch pwned) `id`" contains "quoted"', 'held'],
  ['file "/srv/it\'s $(touch pwned) `id`" does not contain "quoted"', 'not met'],
  ['file "srv/text" exists', 'refused', /absolute path/],
  ['secret file "/srv/text" contains "hello"', 'held'],
  ['secret file "/srv/text" contains "nope"', 'not met'],
  ['secret file "/srv/text" does not contain "hello"', 'not met'],
  ['secret file "/srv/text" does not contain "nope"', 'held'],
]

const attributes: Row[] = [
  ['file "/srv/text" has mode "0640"', 'held'],
  ['file "/srv/text" has mode "640"', 'held'],
  ['file "/srv/text" has mode "0644"', 'not met', /mode 0640/],
  ['file "/srv/suid" has mode "4755"', 'held'],
  ['file "/srv/suid" has mode "0755"', 'not met', /mode 4755/],
  ['file "/srv/folder" has mode "1777"', 'held'],
  ['file "/srv/link" has mode "0640"', 'held'],
  ['file "/srv/nosuch" has mode "0640"', 'not met', /nothing there/],
  ['file "/srv/text" has mode "0888"', 'refused', /octal/],
  ['file "/srv/text" has owner "simon"', 'held'],
  ['file "/srv/text" has owner "sim"', 'not met', /owner simon/],
  ['file "/srv/nosuch" has owner "root"', 'not met', /nothing there/],
  ['file "/srv/text" has group "staff2"', 'held'],
  ['file "/srv/text" has group "staff"', 'not met', /staff2/],
  ['file "/srv/nosuch" has group "root"', 'not met', /nothing there/],
  ['file "/srv/nobodys" has owner "root"', 'not met'],
  ['file "/srv/nobodys" has group "root"', 'not met'],
  [`file "/srv/text" has sha256 "${sha256('hello\nworld (1.5)\n')}"`, 'held'],
  [`file "/srv/text" has sha256 "${sha256('hello\nworld (1.5)\n').toUpperCase()}"`, 'held'],
  [`file "/srv/text" has sha256 "${sha256('other')}"`, 'not met'],
  [`file "/srv/binary" has sha256 "${sha256(BINARY)}"`, 'held'],
  [`file "/srv/big" has sha256 "${sha256(BIG)}"`, 'held'],
  [`file "/srv/empty" has sha256 "${sha256('')}"`, 'held'],
  [`file "/srv/folder" has sha256 "${sha256('')}"`, 'not met', /a directory/],
  [`file "/srv/nosuch" has sha256 "${sha256('')}"`, 'not met', /nothing there/],
]

/** A group whose name has a blank, as directory services have them. */
const blankGroup: Row[] = [
  ['file "/srv/blank-group" exists', 'held'],
  ['file "/srv/blank-group" does not exist', 'not met'],
  ['file "/srv/blank-group" contains "hello"', 'held'],
  ['file "/srv/blank-group" does not contain "hello"', 'not met', /still contained/],
  ['file "/srv/blank-group" does not contain "x"', 'held'],
  ['file "/srv/blank-group" has mode "0640"', 'held'],
  ['file "/srv/blank-group" has owner "simon"', 'held'],
  ['file "/srv/blank-group" has group "domain users"', 'held'],
  ['file "/srv/blank-group" has group "domain"', 'not met', /domain users/],
]

/** Links that lead into themselves, what is not there, empty words. */
const oddities: Row[] = [
  ['file "/srv/loop" exists', 'could not check', /loop|symbolic links/i],
  ['file "/srv/loop" does not exist', 'could not check', /loop|symbolic links/i],
  ['file "/srv/nosuch" is not a directory', 'not met', /nothing there/],
  ['file "/srv/loop" does not contain "x"', 'could not check'],
  ['file "/srv/text" contains ""', 'refused'],
  ['file "/srv/text" does not contain ""', 'refused'],
  ['file "/srv/text" has sha256 "abc"', 'refused'],
]

test('files: so, not so, not there, of every type', { skip }, async () => {
  await using host = await startLabHost(HOST)
  await judgeOnLab(host, [...so, ...content, ...attributes, ...blankGroup, ...oddities])
  const { stdout } = await host.run('find', '/', '-xdev', '-name', 'pwned*')
  if (stdout !== '') throw new Error(`a name was run by a shell: ${stdout}`)
})

test('files that this user may not see', { skip }, async () => {
  await using host = await startLabHost({
    users: [{ name: 'anna' }],
    login: 'anna',
    files: {
      '/srv/closed': { folder: true, mode: 0o700 },
      '/srv/closed/inner': 'hello\n',
      '/srv/readable': 'hello\n',
      '/srv/private': { text: 'hello\n', mode: 0o600 },
    },
  })
  await judgeOnLab(host, [
    ['file "/srv/readable" contains "hello"', 'held'],
    ['file "/srv/nosuch" does not exist', 'held'],
    ['file "/srv/private" exists', 'held'],
    ['file "/srv/private" has mode "0600"', 'held'],
    ['file "/srv/private" contains "hello"', 'could not check', /Permission denied/],
    ['file "/srv/private" does not contain "hello"', 'could not check', /Permission denied/],
    ['file "/srv/private" does not contain "other"', 'could not check', /Permission denied/],
    [`file "/srv/private" has sha256 "${sha256('x')}"`, 'could not check', /Permission denied/],
    ...[
      'exists',
      'does not exist',
      'is a directory',
      'is not a directory',
      'contains "hello"',
      'does not contain "hello"',
    ].map(what => [`file "/srv/closed/inner" ${what}`, 'could not check', /Permission denied/] as const),
    ...['has mode "0644"', 'has owner "root"', 'has group "root"', 'is a link to "x"'].map(
      what => [`file "/srv/closed/inner" ${what}`, 'could not check', /Permission denied/] as const,
    ),
  ])
})

const LOOKS = [
  'exists',
  'does not exist',
  'is a directory',
  'is not a directory',
  'has mode "0644"',
  'has owner "root"',
  'has group "root"',
]
const READS = ['contains "hello"', 'does not contain "hello"', 'does not contain "x"']

const all = (cause: RegExp, words: readonly string[]): Row[] =>
  words.flatMap(what =>
    ['/srv/text', '/srv/nosuch'].map(path => [`file "${path}" ${what}`, 'could not check', cause] as const),
  )
const BROKEN: Readonly<Record<string, readonly [LabWish, readonly string[], RegExp]>> = {
  'no stat': [{ without: ['stat'] }, [...LOOKS, ...READS], /stat/],
  'stat fails': [
    { tools: { stat: '#!/bin/sh\necho "stat: Input/output error" >&2\nexit 1\n' } },
    [...LOOKS, ...READS],
    /Input\/output error/,
  ],
  'stat says nothing': [{ tools: { stat: '#!/bin/sh\nexit 1\n' } }, LOOKS, /stat has failed/],
}

for (const [what, [wish, words, cause]] of Object.entries(BROKEN))
  test(`files: ${what}`, { skip }, async () => {
    await using host = await startLabHost({ ...HOST, ...wish })
    await judgeOnLab(host, all(cause, words))
  })

test('files: no head, no sha256sum', { skip }, async () => {
  await using host = await startLabHost({ ...HOST, without: ['head', 'sha256sum'] })
  await judgeOnLab(host, [
    ...READS.map(what => [`file "/srv/text" ${what}`, 'could not check', /head/] as const),
    [`file "/srv/text" has sha256 "${sha256('x')}"`, 'could not check', /sha256sum/],
    ['file "/srv/text" exists', 'held'],
  ])
})
