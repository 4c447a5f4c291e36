/** What a script leaves behind, as its system calls tell. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CALLS =
  'openat,open,creat,mkdir,mkdirat,unlink,unlinkat,rename,renameat,renameat2,chmod,fchmodat,mknod,mknodat,symlink,symlinkat,link,linkat,mount,umount2,truncate,utimensat,kill,connect'

export const tracesSkip = existsSync('/usr/bin/strace') ? false : 'strace is not installed'

/** Files that were made, changed or removed by the script and all that it started. */
export function traces(script: string): string[] {
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
