import assert from 'node:assert/strict'
import test from 'node:test'
import { userScript } from '../core/command.ts'
import { ConnectionLost, EnvironmentBroken } from '../core/errors.ts'
import { Deadline } from '../core/time/deadline.ts'
import { seconds } from '../core/time/duration.ts'
import { ConsoleShell } from './console-login.ts'
import { shellContract } from './testing/contract.ts'
import { Getty } from './testing/getty.ts'

const limits = { attempt: seconds(20) }
const root = { user: 'root', password: 'geheim' }

if (!Getty.isPossible) test('the console shell', { skip: 'script(1) is not installed' }, () => {})
else {
  shellContract(
    'the console shell',
    async () => {
      const getty = await Getty.start(root.password)
      const shell = ConsoleShell.open({ console: getty.console, login: root })
      return {
        shell,
        disturb: () => {
          const stops = [getty.disturb('noise'), getty.disturb('rude')]
          return () => {
            for (const stop of stops) stop()
          }
        },
        async [Symbol.asyncDispose]() {
          await shell[Symbol.asyncDispose]()
          await getty[Symbol.asyncDispose]()
        },
      }
    },
    { trouble: ['noise'] },
  )

  const hostname = async (shell: ConsoleShell): Promise<string> =>
    (await shell.run(userScript('echo "$USER"'), limits)).stdout.toString()

  test('one may log in, out and in again; afterwards the console asks for a login', async () => {
    await using getty = await Getty.start(root.password)
    for (let i = 0; i < 2; i++) {
      await using shell = ConsoleShell.open({ console: getty.console, login: root })
      assert.equal(await hostname(shell), 'root\n')
    }
    assert.match(getty.console.transcript, /login: $/)
  })

  test('a wrong password is refused, and says what was expected', async () => {
    await using getty = await Getty.start(root.password)
    await using shell = ConsoleShell.open({ console: getty.console, login: { user: 'root', password: 'falsch' } })
    await assert.rejects(hostname(shell), (error: Error) => {
      assert.ok(error instanceof EnvironmentBroken && !(error instanceof ConnectionLost))
      assert.match(error.message, /^The console refused the login of root\n\n {2}Expected/)
      assert.match(error.message, /Got +"Login incorrect"/)
      return true
    })
  })

  test('a password that is asked for and not there is refused, not guessed', async () => {
    await using getty = await Getty.start(root.password)
    await using shell = ConsoleShell.open({ console: getty.console, login: { user: 'root' } })
    await assert.rejects(hostname(shell), /Got +it asks for a password, and none was given/)
  })

  test('a login without a password, and a session that is open already, are entered', async () => {
    await using getty = await Getty.start()
    await getty.console.expect(/login: /, Deadline.after(seconds(10)))
    await getty.console.send('root\n')
    await getty.console.expect(/# $/, Deadline.after(seconds(10)))
    await getty.console.send('half a comma')
    await using shell = ConsoleShell.open({ console: getty.console, login: { user: 'root' } })
    assert.equal(await hostname(shell), 'root\n')
  })

  test('a login is found while the kernel speaks all the time', async () => {
    await using getty = await Getty.start(root.password)
    const quiet = getty.disturb()
    await using shell = ConsoleShell.open({ console: getty.console, login: root })
    assert.equal(await hostname(shell), 'root\n')
    quiet()
  })

  test('an agent that a runner left behind is sent away', async () => {
    await using getty = await Getty.start(root.password)
    const first = ConsoleShell.open({ console: getty.console, login: root })
    assert.equal(await hostname(first), 'root\n')
    await using second = ConsoleShell.open({ console: getty.console, login: root })
    assert.equal(await hostname(second), 'root\n')
  })

  test('a console without an answer is a lost connection that shows its last lines', async () => {
    await using getty = await Getty.start(root.password)
    await getty.console.expect(/login: /, Deadline.after(seconds(10)))
    await getty.console.send('root\n')
    await using shell = ConsoleShell.open({ console: getty.console, login: root, loginBudget: seconds(0.1) })
    await assert.rejects(shell.run(userScript(':'), { attempt: seconds(0.1) }), ConnectionLost)
  })
}
