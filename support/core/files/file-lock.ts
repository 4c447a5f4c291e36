import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { EnvironmentBroken } from '../errors.ts'

const HOLD = 'exec 9>>"$1"; flock -n 9 || { echo waiting; flock 9; }; echo held; exec cat'

/**
 * Holds a lock of the kernel (flock) on a file until disposed. It can not go stale: the holder is a child that ends when its input
 * closes, which happens however this process dies.
 * @param onWait called when another process holds it.
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
  let why = 'flock (of util-linux) is needed in PATH'
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

const TRY = 'exec 9<"$1"; flock -n 9 || { echo busy; exit; }; echo held; exec cat'

/**
 * Holds a lock of the kernel on a folder or file that is there, until disposed or until this process ends, however it does. It keeps no
 * process alive.
 * @returns undefined when another process holds it
 * @throws EnvironmentBroken when it cannot be known
 */
export async function tryLock(path: string): Promise<AsyncDisposable | undefined> {
  const holder = spawn('sh', ['-c', TRY, 'sh', path], { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  holder.stdin.on('error', () => {})
  // Not "close": that waits for streams, which keep no process alive, so that the wait could end the program instead.
  const ended = new Promise<void>(resolve => holder.once('exit', () => resolve()))
  const said = await Promise.race([firstLine(holder.stdout), once(holder, 'error').then(([error]) => String(error))])
  if (said === 'busy') return undefined
  if (said !== 'held')
    throw new EnvironmentBroken(
      `Could not lock ${path}: ${said || (await firstLine(holder.stderr)) || 'flock gave no reason'}`,
    )
  for (const each of [holder, holder.stdin, holder.stdout, holder.stderr]) (each as { unref?(): void }).unref?.()
  return {
    [Symbol.asyncDispose]: () => {
      holder.ref()
      holder.stdin.end()
      return ended
    },
  }
}

async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface(stream)) return line
  return ''
}

/** The shell, and flock that waits in it. */
function endGroup(leader: number | undefined): void {
  if (leader !== undefined) process.kill(-leader, 'SIGTERM')
}
