/** `nixcumber shell MACHINE`: enters a machine of a run that goes on, by ssh where it has an sshd, else by its console. */
import { existsSync, readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { stdin, stdout } from 'node:process'
import type { Client, ClientChannel } from 'ssh2'
import { EnvironmentBroken } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { rows } from '../core/text.ts'
import { type RunningMachine, runningMachines } from '../machine/running.ts'
import type { Given } from './commands.ts'
import { bridgePath } from './console-bridge.ts'

export async function shell({ words: [name = ''] }: Given): Promise<number> {
  const machine = find(name)
  const client = await connectSsh(machine)
  if (!(client instanceof Error)) return enterSsh(client)
  const bridge = bridgePath(machine.runner, machine.name)
  if (existsSync(bridge) && stdin.isTTY) return enterConsole(bridge)
  throw new EnvironmentBroken(
    `Machine "${name}" cannot be entered\n${rows({
      Got: `over ssh: ${client.message}`,
      Next: existsSync(bridge)
        ? 'call it from a terminal: then its console is entered'
        : `read its console: ${machine.transcriptFile}; or: nixcumber boot ${name}`,
    })}`.trimEnd(),
  )
}

function find(name: string): RunningMachine {
  const machines = runningMachines()
  const found = machines.filter(machine => machine.name === name).at(-1)
  if (found) return found
  throw refuse({
    what: machines.length === 0 ? 'No machine is running' : `No machine "${name}" is running`,
    got: name,
    known: [...new Set(machines.map(machine => machine.name))],
    next: `nixcumber boot ${name}`,
  })
}

/** An emulated machine on a busy computer takes many seconds for the first handshake. */
const PATIENCE_MS = 30_000

/** The reason when it lets nobody in: its console is left then. */
async function connectSsh({ ssh }: RunningMachine): Promise<Client | Error> {
  if (!ssh.identity) return new Error('there is no key for it')
  const { Client } = (await import('ssh2')).default
  const client = new Client()
  const { host, port } = ssh
  const privateKey = readFileSync(ssh.identity)
  return new Promise(resolve => {
    client.once('ready', () => resolve(client.setNoDelay(true)))
    client.once('error', resolve)
    // A machine of our own on this computer's loopback, with host keys made at its first boot: there is nothing to compare with.
    client.connect({ host, port, username: 'root', privateKey, readyTimeout: PATIENCE_MS, hostVerifier: () => true })
  })
}

async function enterSsh(client: Client): Promise<number> {
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.shell(stdin.isTTY ? window() : false, (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  using _ = raw()
  const resized = (): void => {
    const { rows, cols } = window()
    channel.setWindow(rows, cols, 0, 0)
  }
  stdout.on('resize', resized)
  stdin.pipe(channel)
  channel.pipe(stdout)
  channel.stderr.pipe(process.stderr)
  return new Promise(resolve => {
    let exitCode = 0
    channel.once('exit', (code: number | null) => {
      exitCode = code ?? 255
    })
    channel.once('close', () => {
      stdout.off('resize', resized)
      client.end()
      resolve(exitCode)
    })
  })
}

const window = (): { term: string; rows: number; cols: number } => ({
  term: process.env.TERM ?? 'vt100',
  rows: stdout.rows ?? 24,
  cols: stdout.columns ?? 80,
})

/** As telnet has it: control and the closing bracket. */
const LEAVE = '\u001d'

async function enterConsole(path: string): Promise<number> {
  const socket = createConnection(path)
  console.error('The console. Ctrl-] leaves it; the machine goes on.\n')
  using _ = raw()
  stdin.on('data', typed => (String(typed).includes(LEAVE) ? socket.end() : socket.write(typed)))
  socket.pipe(stdout)
  await new Promise(resolve => socket.once('close', resolve).once('error', resolve))
  return 0
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
