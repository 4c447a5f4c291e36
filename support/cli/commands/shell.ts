/** `nixcumber shell MACHINE`: enters a machine of a run that goes on, by ssh where it has an sshd, else by its console. */
import { existsSync, readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { constants } from 'node:os'
import { stdin, stdout } from 'node:process'
import type { Client, ClientChannel } from 'ssh2'
import { EnvironmentBroken } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { rows } from '../../core/text/text.ts'
import { resizeSequence } from '../../machine/runtime/console-bridge.ts'
import { type RunningMachine, runningMachines } from '../../machine/runtime/running-machines.ts'
import type { Given } from '../registry.ts'
import { chooseRunning } from './choose-running.ts'

export async function shell({ words: [name = ''] }: Given): Promise<number> {
  const machine = find(name)
  const client = await connectSsh(machine)
  if (!(client instanceof Error)) return enterSsh(client, name)
  const isOpen = existsSync(machine.console)
  if (isOpen && stdin.isTTY) return enterConsole(machine.console)
  throw new EnvironmentBroken(
    `Machine "${name}" cannot be entered\n${rows({
      Got: `over ssh: ${client.message}`,
      Next: isOpen
        ? 'call it from a terminal: then its console is entered'
        : `read its console: ${machine.transcriptFile}; or: nixcumber boot ${name}`,
    })}`.trimEnd(),
  )
}

function find(wanted: string): RunningMachine {
  const machines = runningMachines()
  const found = chooseRunning(wanted, machines, process.cwd())
  if (found) return found
  throw refuse({
    what: machines.length === 0 ? 'No machine is running' : `No machine "${wanted}" is running`,
    got: wanted,
    known: [...new Set(machines.map(({ name }) => name))],
    next: `nixcumber boot ${wanted}`,
  })
}

/** An emulated machine on a busy computer takes many seconds for the first handshake. */
const PATIENCE_MS = 30_000

/** The reason when it refuses root: its console is left then. */
async function connectSsh({ ssh }: RunningMachine): Promise<Client | Error> {
  if (!ssh) return new Error('it has no sshd, or none that we have a key for')
  const { Client } = (await import('ssh2')).default
  const client = new Client()
  const { host, port } = ssh
  const privateKey = readFileSync(ssh.identity)
  return new Promise(resolve => {
    client.once('ready', () => resolve(client.setNoDelay(true)))
    client.on('error', resolve)
    // A machine of our own on this computer's loopback, with host keys made at its first boot: there is nothing to compare with.
    client.connect({ host, port, username: 'root', privateKey, readyTimeout: PATIENCE_MS, hostVerifier: () => true })
  })
}

/** What ssh(1) gives when the connection ends before the shell does. */
const LOST = 255

/** Gives the exit code of the shell, or 128 plus the number of the signal that ended it. */
async function enterSsh(client: Client, name: string): Promise<number> {
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.shell(stdin.isTTY ? terminal() : false, (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  using _raw = raw()
  using _size = onResize(() => channel.setWindow(size().rows, size().columns, 0, 0))
  stdin.pipe(channel)
  channel.pipe(stdout)
  channel.stderr.pipe(process.stderr)
  // Awaited here: what is `using` ends when this function is left.
  return await new Promise(resolve => {
    let exitCode: number | undefined
    channel.once('exit', (code: number | null, signal?: string) => {
      exitCode = code ?? 128 + (constants.signals[signal as NodeJS.Signals] ?? 0)
    })
    channel.once('close', () => {
      client.end()
      if (exitCode === undefined) console.error(`\r\nThe connection to ${name} was lost\r`)
      resolve(exitCode ?? LOST)
    })
  })
}

const size = () => ({ rows: stdout.rows ?? 24, columns: stdout.columns ?? 80 })

const terminal = () => ({ term: process.env.TERM ?? 'vt100', rows: size().rows, cols: size().columns })

/** As telnet has it: control and the closing bracket. */
const LEAVE = '\u001d'

/** A console has no exit code: leaving it leaves a login behind. */
async function enterConsole(path: string): Promise<number> {
  const socket = createConnection(path)
  console.error('The console. Ctrl-] leaves it; the machine goes on.\n')
  const tellSize = (): void => void socket.write(resizeSequence(size()))
  using _raw = raw()
  using _size = onResize(tellSize)
  tellSize()
  stdin.on('data', typed => (typed.includes(LEAVE) ? socket.end() : socket.write(typed)))
  socket.pipe(stdout)
  await new Promise(resolve => socket.once('close', resolve).once('error', resolve))
  console.error('\r')
  return 0
}

function onResize(told: () => void): Disposable {
  stdout.on('resize', told)
  return { [Symbol.dispose]: () => void stdout.off('resize', told) }
}

/** Every key goes to the machine, Ctrl-C too. */
function raw(): Disposable {
  if (stdin.isTTY) stdin.setRawMode(true)
  return {
    [Symbol.dispose]() {
      if (stdin.isTTY) stdin.setRawMode(false)
      stdin.unref()
    },
  }
}
