/** The machine's own tools are no friends: an answer is whole, or there is none. */
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { userScript } from '../../core/command.ts'
import { ConnectionLost, EnvironmentBroken } from '../../core/errors.ts'
import { seconds } from '../../core/time/duration.ts'
import type { AgentShell } from '../agent-shell.ts'
import { localAgent } from '../testing/local-agent.ts'

const limits = { attempt: seconds(10) }
/** What takes the long way: more than a page, a NUL byte, a process that stays. */
const LONG = userScript('/usr/bin/seq 1 30000')
const NUL = userScript("printf 'a\\0b'")
const STAYS = userScript('/bin/sleep 3 & echo started')

const NEEDED = ['bash', 'cat', 'env', 'head', 'id', 'mktemp', 'mv', 'rm', 'sh', 'sleep', 'timeout']

/** A machine where some tools are replaced by a script, or are not there. */
async function withTools(
  tools: Readonly<Record<string, string | undefined>>,
  use: (shell: AgentShell) => Promise<void>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-tools-'))
  for (const name of NEEDED) if (!(name in tools)) symlinkSync(`/usr/bin/${name}`, join(folder, name))
  for (const [name, script] of Object.entries(tools)) {
    if (script === undefined) continue
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  const shell = localAgent({ path: folder })
  try {
    await use(shell)
  } finally {
    await shell.close()
    rmSync(folder, { recursive: true })
  }
}

const sums = async (shell: AgentShell): Promise<void> => {
  const long = await shell.run(LONG, limits)
  assert.equal(long.stdout.toString(), `${Array.from({ length: 30_000 }, (_, i) => i + 1).join('\n')}\n`)
  assert.deepEqual((await shell.run(NUL, limits)).stdout, Buffer.from('a\0b'))
  assert.equal((await shell.run(STAYS, limits)).stdout.toString(), 'started\n')
  assert.equal((await shell.run(userScript('cat'), { ...limits, stdin: Buffer.from('in') })).stdout.toString(), 'in')
}

for (const [what, script] of [
  ['is not there', undefined],
  ['says other numbers', 'echo 3; echo 0'],
  ['says words', 'echo "stat: cannot"'],
  ['fails', 'exit 1'],
  ['never ends', 'exec /bin/sleep 60'],
] as const)
  test(`a stat that ${what} changes no answer`, () => withTools({ stat: script, wc: script }, sums))

for (const [what, script] of [
  ['is not there', undefined],
  ['fails', 'exit 1'],
  ['stops in the middle', '/usr/bin/head -c 5; exit 1'],
] as const)
  test(`with a cat that ${what} there is an error, no part of an answer, and the shell works on`, () =>
    withTools({ cat: script }, async shell => {
      for (const command of [LONG, NUL])
        await assert.rejects(shell.run(command, limits), (error: Error) => {
          assert.ok(error instanceof EnvironmentBroken)
          assert.match(error.message, /could not be taken over whole/)
          return true
        })
      assert.equal((await shell.run(userScript('echo short'), limits)).stdout.toString(), 'short\n')
    }))

for (const tool of ['head', 'timeout'])
  test(`standard input that ${tool} did not pass on is a lost connection: no command runs with a part of it`, () =>
    withTools({ [tool]: 'exit 1' }, async shell => {
      const stdin = Buffer.from('\n\u0002run 7 1000 9 0\necho hello\u0003')
      await assert.rejects(shell.run(userScript('cat'), { ...limits, stdin }), ConnectionLost)
    }))
