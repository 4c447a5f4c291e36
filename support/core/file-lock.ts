import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { EnvironmentBroken } from './errors.ts'

const HOLD = 'exec 9>>"$1"; flock -n 9 || { echo waiting; flock 9; }; echo held; exec cat'

/**
 * Holds a lock of the kernel (flock) on a file until disposed. It can not go stale: the holder is a child that ends when its input
 * closes, which happens however this process dies.
 * @param onWait called when somebody else holds it.
 * @param signal ends the waiting, not the holding
 * @throws EnvironmentBroken when it cannot be had; the signal's reason
 */
export async function lock(
  file: string,
  onWait: () => void = () => {},
  signal?: AbortSignal,
): Promise<AsyncDisposable> {
  signal?.throwIfAborted()
  await mkdir(dirname(file), { recursive: true })
  const holder = spawn('sh', ['-c', HOLD, 'sh', file], { stdio: ['pipe', 'pipe', 'ignore'], detached: true })
  // Said below: without an ear it would end the whole program.
  let why = 'flock (Debian package util-linux) is needed'
  holder.once('error', error => {
    why = error.message
  })
  holder.stdin.on('error', () => {})
  const ended = new Promise<void>(resolve => holder.once('close', () => resolve()))
  const release = (): Promise<void> => {
    holder.stdin.end()
    return ended
  }
  const giveUp = (): void => endGroup(holder.pid)
  signal?.addEventListener('abort', giveUp)
  try {
    for await (const line of createInterface(holder.stdout)) {
      if (line === 'held') return { [Symbol.asyncDispose]: release }
      onWait()
    }
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
  signal?.throwIfAborted()
  throw new EnvironmentBroken(`Could not lock ${file}: ${why}`)
}

/** The shell, and flock that waits in it. */
function endGroup(leader: number | undefined): void {
  if (leader !== undefined) process.kill(-leader, 'SIGTERM')
}
