import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import test from 'node:test'
import { bridgePath, openBridge, type TerminalSize } from '../../machine/runtime/console-bridge.ts'
import { publish, type RunningMachine } from '../../machine/runtime/running-machines.ts'
import { RuntimeDir } from '../../machine/runtime/runtime-dir.ts'
import { PrivateSshd } from '../../shell/ssh/private-sshd.ts'
import { Getty } from '../../shell/testing/getty.ts'
import { AtTerminal } from '../testing/at-terminal.ts'

const CTRL_C = '\u0003'
const LEAVE = '\u001d'

const noSshd =
  !(PrivateSshd.isInstalled && AtTerminal.isPossible && userInfo().uid === 0) && 'needs sshd, script(1) and root'
const noScript = !AtTerminal.isPossible && 'needs script(1), Debian package bsdutils'

/** A running machine, as far as `nixcumber shell` sees one. */
function known(state: RuntimeDir, name: string, ssh: RunningMachine['ssh']): string {
  const folder = state.forMachine()
  publish(folder, {
    name,
    runner: process.pid,
    folder: process.cwd(),
    console: bridgePath(folder),
    transcriptFile: '/nowhere.log',
    since: Date.now(),
    ...(ssh ? { ssh } : {}),
  })
  return folder
}

test('over ssh it is a terminal: size, colours, Ctrl-C, resizing, and the exit code', { skip: noSshd }, async () => {
  await using sshd = await PrivateSshd.start()
  await using state = RuntimeDir.create()
  const name = `ssh-${process.pid}`
  known(state, name, { host: '127.0.0.1', port: sshd.port, identity: sshd.identity })
  using terminal = new AtTerminal(['shell', name], 'xterm-256color')

  terminal.type('exec bash --norc\n')
  terminal.type('echo "size=$(stty size | tr \\  x) term=$TERM"\n')
  assert.ok(await terminal.shows(/size=33x111 term=xterm-256color/), terminal.output)

  terminal.type('sh -c \'trap "stty size; exit" WINCH; echo trap=$((1+1)); while sleep 0.1; do :; done\'\n')
  assert.ok(await terminal.shows(/trap=2/), terminal.output)
  terminal.resize(50, 132)
  assert.ok(await terminal.shows(/^50 132$/m), terminal.output)

  terminal.type('echo go=$((1+1)); sleep 600\n')
  assert.ok(await terminal.shows(/go=2/))
  terminal.type(CTRL_C)
  terminal.type('echo after=$?\n')
  assert.ok(await terminal.shows(/after=130/), terminal.output)

  terminal.type('exit 7\n')
  assert.equal(await terminal.ended, 7)
})

test('a shell that was killed, and a connection that was lost, are no success', { skip: noSshd }, async () => {
  await using sshd = await PrivateSshd.start()
  await using state = RuntimeDir.create()
  const name = `lost-${process.pid}`
  known(state, name, { host: '127.0.0.1', port: sshd.port, identity: sshd.identity })

  using killed = new AtTerminal(['shell', name], 'dumb')
  killed.type('kill -KILL $$\n')
  assert.equal(await killed.ended, 137)

  using lost = new AtTerminal(['shell', name], 'dumb')
  lost.type('echo up=$((1+1))\n')
  assert.ok(await lost.shows(/up=2/))
  sshd.down()
  assert.equal(await lost.ended, 255)
  assert.match(lost.output, /The connection to lost-\d+ was lost/)
})

test('without sshd it is the console: keys, Ctrl-C, the size, and Ctrl-] to leave it', { skip: noScript }, async () => {
  await using getty = await Getty.start()
  await using state = RuntimeDir.create()
  const name = `console-${process.pid}`
  const sizes: TerminalSize[] = []
  await openBridge(bridgePath(known(state, name, undefined)), getty.console, size => sizes.push(size))
  using terminal = new AtTerminal(['shell', name], 'xterm-256color')

  assert.ok(await terminal.shows(/t14 login: /), terminal.output)
  terminal.type('root\n')
  assert.ok(await terminal.shows(/root@t14/), terminal.output)
  terminal.type('echo go=$((1+1)) ü; sleep 600\n')
  assert.ok(await terminal.shows(/go=2 ü/), terminal.output)
  terminal.type(CTRL_C)
  terminal.type('echo after=$?\n')
  assert.ok(await terminal.shows(/after=130/), terminal.output)

  terminal.resize(50, 132)
  terminal.type('echo still=$((1+1))\n')
  assert.ok(await terminal.shows(/still=2/))
  // A resize may come in two steps, rows and columns.
  assert.deepEqual(sizes[0], { rows: 33, columns: 111 })
  assert.deepEqual(sizes.at(-1), { rows: 50, columns: 132 })
  terminal.type(LEAVE)
  assert.equal(await terminal.ended, 0)
})

test('a machine that refuses root says where its console is', async () => {
  await using state = RuntimeDir.create()
  const name = `deaf-${process.pid}`
  known(state, name, undefined)
  using terminal = new AtTerminal(['shell', name], 'dumb')
  assert.equal(await terminal.ended, 3)
  assert.match(terminal.output, /it has no sshd.*\n.*read its console: \/nowhere\.log/)
})
