/** Gathering facts leaves no trace: the system calls tell. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { factsCommand } from './machine-facts.ts'

const CALLS =
  'openat,open,creat,mkdir,mkdirat,unlink,unlinkat,rename,renameat,renameat2,chmod,fchmodat,mknod,mknodat,symlink,symlinkat,link,linkat,mount,umount2,truncate,utimensat,kill,connect'

const skip = existsSync('/usr/bin/strace') ? false : 'strace is not installed'

/** Files that were made, changed or removed by the script and all that it started. */
function traces(script: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'strace-'))
  const log = join(folder, 'log')
  try {
    const { status, stderr } = spawnSync('strace', [
      '-f',
      '-qq',
      '-e',
      `trace=${CALLS}`,
      '-e',
      'signal=none',
      '-o',
      log,
      'sh',
      '-c',
      script,
    ])
    assert.equal(status, 0, stderr.toString())
    return readFileSync(log, 'utf8').split('\n').filter(isTrace)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const isTrace = (line: string): boolean =>
  line !== '' &&
  // Only looked into, not there, or the place where nothing is kept; asking the name service and systemd is asking.
  !/O_RDONLY|= -1 E|"\/dev\/null"|AF_UNIX|AF_NETLINK|<unfinished|resumed>/.test(line)

test('nothing is written on the machine', { skip }, () => assert.deepEqual(traces(factsCommand().script), []))

test('what is written would be seen', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'traces-'))
  try {
    const found = traces(`${factsCommand().script}\necho x > ${folder}/x; mkdir ${folder}/y`)
    assert.equal(found.length, 2)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
