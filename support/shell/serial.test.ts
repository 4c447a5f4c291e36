import assert from 'node:assert/strict'
import test from 'node:test'
import { sh, userScript } from '../core/command.ts'
import { ConnectionLost } from '../core/errors.ts'
import { seconds } from '../core/time/duration.ts'
import { Loopback } from './loopback.ts'
import { SerialShell } from './serial.ts'
import { shellContract } from './testing/contract.ts'

shellContract(
  'the serial shell',
  async () => {
    const loopback = await Loopback.start()
    const shell = SerialShell.open({ socketPath: loopback.socketPath })
    return {
      shell,
      sever: () => loopback.sever(),
      reboot: () => loopback.reboot(),
      async [Symbol.asyncDispose]() {
        await shell[Symbol.asyncDispose]()
        await loopback[Symbol.asyncDispose]()
      },
    }
  },
  { trouble: ['cut', 'reboot'] },
)

test('what an agent says of the command of an earlier connection is no answer to one of this', async () => {
  await using loopback = await Loopback.start()
  await using shell = SerialShell.open({ socketPath: loopback.socketPath })
  const attempt = seconds(20)
  const first = assert.rejects(shell.run(userScript('sleep 1000'), { attempt }), ConnectionLost)
  await shell.run(userScript(':'), { attempt })
  loopback.sever()
  await first
  // Connecting resets the agent, which says that the former ones are over; one of these would have had the number of one of those.
  const words = ['1', '2', '3', '4', '5', '6']
  const again = words.map(word => shell.run(sh`sleep 0.5; echo ${word}`, { attempt }))
  const said = (await Promise.all(again)).map(({ stdout }) => stdout.toString().trim())
  assert.deepEqual(said, words)
})
