import test from 'node:test'
import { judgeOnLab } from '../lab/judge.ts'
import { labSkip } from '../lab/skip.ts'
import { startLabHost } from '../lab/start.ts'

const skip = labSkip
const ran = (command: string, ...then: string[]): string =>
  [`When I run the read-only command "${command}"`, ...then.map(each => `Then ${each}`)].join('\n')

test('commands that are asked again and again', { skip }, async () => {
  await using host = await startLabHost({
    without: ['findmnt'],
    files: { '/srv/text': 'hello\nworld\n', '/srv/nul': { text: 'a\0b\n' } },
  })
  await judgeOnLab(host, [
    ['the command "true" succeeds', 'held'],
    ['the command "true" fails', 'not met', /still succeeded/],
    ['the command "false" succeeds', 'not met', /exit code 1/],
    ['the command "false" fails', 'held'],
    ['the command "cat /srv/text" succeeds', 'held'],
    ['the command "cat /srv/nosuch" succeeds', 'not met', /No such file/],
    ['the command "cat /srv/nosuch" fails', 'held'],
    ['the command "cat /srv/nosuch" exits with 1', 'held'],
    ['the command "cat /srv/text" exits with 0', 'held'],
    ['the command "cat /srv/text" exits with 1', 'not met', /exit code 0/],
    ['the command "cat /srv/text" prints "hello"', 'held'],
    ['the command "cat /srv/text" prints "hell."', 'not met'],
    ['the command "cat /srv/text" prints "nope"', 'not met', /hello/],
    ['the command "cat /srv/text" does not print "nope"', 'held'],
    ['the command "cat /srv/text" does not print "hello"', 'not met', /still printed "hello"/],
    ['the command "cat /srv/nosuch" prints "No such file"', 'not met', /standard error/],
    ['the command "cat /srv/nul" prints "b"', 'held'],
    // a program that is not there has not failed: it was never asked
    ['the command "findmnt /mnt" succeeds', 'not met', /not found/],
    ['the command "findmnt /mnt" fails', 'could not check', /not found/],
    ['the command "findmnt /mnt" does not print "x"', 'could not check', /not found/],
    ['the command "findmnt /mnt" prints "x"', 'not met', /not found/],
    ['the command "" succeeds', 'refused'],
    ['the command "true" prints ""', 'refused'],
    ['the command "true" does not print ""', 'refused'],
  ])
})

test('commands that cannot be run', { skip }, async () => {
  await using host = await startLabHost()
  await judgeOnLab(
    host,
    [
      ['the command "/etc/passwd" fails', 'could not check', /Permission denied/],
      ['the command "/srv" fails', 'could not check', /Is a directory|not run/],
    ],
    { options: ['--allow', 'changes'] },
  )
})

test('commands that are run once', { skip }, async () => {
  await using host = await startLabHost({ without: ['findmnt'], files: { '/srv/text': 'hello\nworld\n' } })
  await judgeOnLab(host, [
    [ran('cat /srv/text', 'it succeeds', 'it prints "hello"', 'it does not print "nope"', 'it exits with 0'), 'held'],
    [ran('cat /srv/text', 'it fails'), 'not met', /succeeded/],
    [ran('cat /srv/text', 'it prints nothing'), 'not met', /printed something/],
    [ran('true', 'it prints nothing'), 'held'],
    [ran('cat /srv/text', 'it prints a line matching "^w.*d$"'), 'held'],
    [ran('cat /srv/text', 'it prints a line matching "^o"'), 'not met'],
    [ran('cat /srv/text', 'it prints a line matching "("'), 'refused', /regular expression/],
    [ran('cat /srv/text', 'it does not print "world"'), 'not met', /printed "world"/],
    [ran('cat /srv/nosuch', 'it fails', 'it exits with 1', 'it prints "No such file" to standard error'), 'held'],
    [ran('cat /srv/nosuch', 'it succeeds'), 'not met', /exit code 1/],
    [ran('cat /srv/nosuch', 'it does not print "No such" to standard error'), 'not met'],
    [ran('cat /srv/nosuch', 'it does not print "No such"'), 'held'],
    [ran('cat /srv/nosuch', 'it exits with 2'), 'not met', /exit code 1/],
    [ran('findmnt /mnt', 'it fails'), 'could not check', /not found/],
    [ran('findmnt /mnt', 'it prints nothing'), 'could not check', /not found/],
    [ran('findmnt /mnt', 'it does not print "x"'), 'could not check', /not found/],
    [ran('findmnt /mnt', 'it succeeds'), 'not met', /not found/],
    ['Then it succeeds', 'refused', /Nothing was run/],
    [ran('cat /srv/text', 'it prints ""'), 'refused'],
    [ran('', 'it succeeds'), 'refused'],
  ])
})
