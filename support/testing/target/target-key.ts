/** The key of the person who owns a computer of these tests: always the same on one runner, so that a host that lets it in is the same system. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSshKey } from '../../core/values/ssh-key.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'

export interface TargetKey {
  /** Its file; the public part lies beside it. */
  readonly identity: string
  /** The public part, as authorized_keys has it. */
  readonly line: string
}

export function targetKey(): TargetKey {
  const folder = join(cacheFolder(), 'target-of-tests')
  const identity = join(folder, 'key')
  if (!existsSync(identity)) make(folder, identity)
  return { identity, line: readFileSync(`${identity}.pub`, 'utf8').trim() }
}

/** What another process has made meanwhile is as good: the private part comes last, and whole. */
function make(folder: string, identity: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pair = newSshKey()
  writeFileSync(`${identity}.pub`, pair.public)
  writeFileSync(`${identity}.new`, pair.private, { mode: 0o600 })
  renameSync(`${identity}.new`, identity)
}
