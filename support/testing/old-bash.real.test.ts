/** The agent where bash is older than 5.2: NixOS before 23.05, Debian 11, Ubuntu 22.04. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { userScript } from '../core/command.ts'
import { seconds } from '../core/time/duration.ts'
import { shellContract } from '../shell/testing/contract.ts'
import { localAgent } from '../shell/testing/local-agent.ts'
import { oldBash } from './old-bash.ts'

const old = await oldBash()

if ('missing' in old) test("the agent in Debian 11's bash", { skip: `it cannot be had: ${old.missing}` }, () => {})
else {
  const { bash } = old

  /** A shell whose machine has this bash as its own. */
  const agent = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nixcumber-old-bash-'))
    symlinkSync(bash, join(folder, 'bash'))
    const shell = localAgent({ bash, path: `${folder}:${process.env.PATH}` })
    return {
      shell: { transport: 'local' as const, run: shell.run.bind(shell), [Symbol.asyncDispose]: () => shell.close() },
      async [Symbol.asyncDispose]() {
        await shell.close()
        await rm(folder, { recursive: true })
      },
    }
  }

  shellContract("the agent in Debian 11's bash", agent)

  test('this bash waits for good when its alarm rings too early', () => {
    const sleeps = 'exec {fd}<> <(:); for ((i = 0; i < 100000; i++)); do read -r -t 0.00001 -u "$fd" _; done'
    assert.throws(() => execFileSync('timeout', ['5', bash, '-c', sleeps]), { status: 124 })
  })

  test('commands that leave something in the background end, each of them', async () => {
    await using subject = await agent()
    const { shell } = subject
    const leaves = userScript('sleep 20 & echo started')
    for (let round = 0; round < 4; round++) {
      const answers = await Promise.all(Array.from({ length: 12 }, () => shell.run(leaves, { attempt: seconds(10) })))
      for (const { stdout } of answers) assert.equal(stdout.toString(), 'started\n')
    }
  })
}
