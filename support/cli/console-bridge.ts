/** Lets another program of the same user type on a machine's console while its runner lives. */
import { rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import type { Console } from '../console/console.ts'
import { tail } from '../core/text.ts'

/** Outside the runs' folders, whose names `clean` goes by; short, for a socket's path has 107 bytes. */
export const bridgePath = (runner: number, name: string): string =>
  `/var/tmp/.nixcumber-console-${runner}-${name.slice(0, 40)}`

export async function openBridge(runner: number, name: string, console: Console): Promise<AsyncDisposable> {
  const path = bridgePath(runner, name)
  const server = createServer(socket => connect(socket, console))
  const mask = process.umask(0o077)
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
  } finally {
    process.umask(mask)
  }
  return { [Symbol.asyncDispose]: () => close(server, path) }
}

const LINES_BEFORE = 20

function connect(socket: Socket, console: Console): void {
  socket.write(tail(console.transcript, LINES_BEFORE))
  const deaf = console.listen(text => void socket.write(text))
  socket.on('data', typed => void console.send(typed.toString('utf8')).catch(() => socket.destroy()))
  socket.on('close', deaf)
  socket.on('error', deaf)
}

async function close(server: Server, path: string): Promise<void> {
  server.close()
  rmSync(path, { force: true })
}
