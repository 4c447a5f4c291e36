import assert from 'node:assert/strict'
import { test } from 'node:test'
import { restartsForever } from './boot-loop.ts'

/** What a NixOS whose stage 1 had no fsck(8) printed each time. */
const ROUND = (at: number) =>
  `<<< NixOS Stage 1 >>>\r\nchecking /dev/vda...\r\n/init: line 307: fsck: not found\r\nfsck finished, rebooting...\r\n[    ${at}.5] reboot: Restarting system\r\n`

async function told(pieces: readonly string[]): Promise<string> {
  let say = (_text: string): void => {}
  let isHeard = true
  const over = new AbortController()
  const line = {
    listen(listener: (text: string) => void) {
      say = listener
      return () => {
        isHeard = false
      }
    },
  }
  const found = restartsForever(line, over.signal)
  for (const piece of pieces) say(piece)
  const answer = await Promise.race([
    found.then(({ what, line }) => `${what}: ${line}`),
    Promise.resolve().then(() => 'hope'),
  ])
  over.abort()
  assert.equal(isHeard, false)
  return answer
}

test('a machine that restarts itself again and again is given up, with its last words', async () =>
  assert.equal(
    await told([1, 2, 3, 4].map(ROUND)),
    'restarted itself 4 times and was never ready: [    4.5] reboot: Restarting system',
  ))

test('in whatever pieces it comes', async () =>
  assert.match(await told([...[1, 2, 3, 4].map(ROUND).join('')]), /^restarted itself 4 times/))

test('one that was told to reboot, and mended its root file system, may hope', async () =>
  assert.equal(await told([ROUND(1), ROUND(2), ROUND(3), 'real login: ']), 'hope'))
