/** Lets another program of the same user type on a machine's console while its runner lives. */
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Console } from '../../console/console.ts'
import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { abilitiesOf } from '../abilities.ts'
import type { Machine } from '../machine.ts'

/** In the machine's state directory, so that it goes with it, however the runner ends. */
export const bridgePath = (runtimeDir: string): string => join(runtimeDir, 'console')

export interface TerminalSize {
  readonly rows: number
  readonly columns: number
}

/** As xterm has it (XTWINOPS 8, "resize to"): programs send it to terminals, and no key sends it. */
export const resizeSequence = ({ rows, columns }: TerminalSize): string => `\u001b[8;${rows};${columns}t`

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape code is what it is about
const RESIZE = /\u001b\[8;(\d{1,4});(\d{1,4})t/g

/**
 * Listens until it is closed by what this gives, or the process ends; the socket is removed with the state directory.
 * @param onResize told the size of the user's terminal
 */
export async function openBridge(
  path: string,
  console: Console,
  onResize: (size: TerminalSize) => void = () => {},
): Promise<() => void> {
  const server = createServer(socket => connect(socket, console, onResize))
  // A run that is over must not wait for it.
  server.unref()
  const mask = process.umask(0o077)
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
  } finally {
    process.umask(mask)
  }
  return () => void server.close()
}

const LINES_BEFORE = 20
/** What waits for a reader that does not read is thrown away: a flood must not fill the runner's memory. */
const WAITING_BYTES = 1_000_000

function connect(socket: Socket, console: Console, onResize: (size: TerminalSize) => void): void {
  socket.unref()
  socket.write(console.transcript.slice(-20_000).split('\n').slice(-LINES_BEFORE).join('\n'))
  const deaf = console.listen(text => void (socket.writableLength < WAITING_BYTES && socket.write(text)))
  socket.on('data', bytes => {
    // Latin-1 keeps every byte as it is.
    const typed = bytes.toString('latin1')
    for (const [, rows, columns] of typed.matchAll(RESIZE)) onResize({ rows: Number(rows), columns: Number(columns) })
    const keys = typed.replaceAll(RESIZE, '')
    if (keys !== '') console.send(Buffer.from(keys, 'latin1')).catch(() => socket.destroy())
  })
  socket.on('close', deaf)
  socket.on('error', deaf)
}

/**
 * A serial line carries no size: it is set from inside, by the agent, and the foreground process gets its SIGWINCH.
 * Not over a login on that very console, where the words would land in what is being typed there.
 */
export function tellSize(machine: Machine, { rows, columns }: TerminalSize): void {
  if (machine.preferred !== 'serial' || abilitiesOf(machine.plan).entry !== 'agent') return
  const set = sh`read -r names </sys/class/tty/console/active && stty -F "/dev/\${names##* }" rows ${rows} cols ${columns}`
  machine
    .shell('serial')
    .then(shell => shell.run(set, { attempt: seconds(10) }))
    .catch(() => {})
}
